/** Health and metrics on the management port. */
@NullMarked
package vn.kydai.ops;

import org.jspecify.annotations.NullMarked;
