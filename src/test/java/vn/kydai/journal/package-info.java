@NullMarked
package vn.kydai.journal;

import org.jspecify.annotations.NullMarked;
