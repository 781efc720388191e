@NullMarked
package vn.kydai.bench.load;

import org.jspecify.annotations.NullMarked;
