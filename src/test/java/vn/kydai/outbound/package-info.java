@NullMarked
package vn.kydai.outbound;

import org.jspecify.annotations.NullMarked;
