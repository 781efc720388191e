/** Typed topics in flow order and the codec that hands immutable messages over by reference. */
@NullMarked
package vn.kydai.bus;

import org.jspecify.annotations.NullMarked;
