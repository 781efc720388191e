@NullMarked
package vn.kydai.bus;

import org.jspecify.annotations.NullMarked;
