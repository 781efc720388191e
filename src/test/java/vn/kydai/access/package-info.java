@NullMarked
package vn.kydai.access;

import org.jspecify.annotations.NullMarked;
