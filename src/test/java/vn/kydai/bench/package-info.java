@NullMarked
package vn.kydai.bench;

import org.jspecify.annotations.NullMarked;
