@NullMarked
package vn.kydai.event.codec;

import org.jspecify.annotations.NullMarked;
