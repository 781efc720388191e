@NullMarked
package vn.kydai.simulate;

import org.jspecify.annotations.NullMarked;
