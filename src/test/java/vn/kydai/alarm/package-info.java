@NullMarked
package vn.kydai.alarm;

import org.jspecify.annotations.NullMarked;
