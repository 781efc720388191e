/** The entry class and the wiring of the whole, in flow order. */
@NullMarked
package vn.kydai;

import org.jspecify.annotations.NullMarked;
