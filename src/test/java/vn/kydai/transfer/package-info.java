@NullMarked
package vn.kydai.transfer;

import org.jspecify.annotations.NullMarked;
