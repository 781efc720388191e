/** The whole product as its users meet it: processes, sockets, signals. */
@NullMarked
package vn.kydai.it;

import org.jspecify.annotations.NullMarked;
