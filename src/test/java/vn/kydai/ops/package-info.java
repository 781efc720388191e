@NullMarked
package vn.kydai.ops;

import org.jspecify.annotations.NullMarked;
