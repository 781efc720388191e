@NullMarked
package vn.kydai.meter;

import org.jspecify.annotations.NullMarked;
