/** Pure folds from the journal to figures, and the verticle that drives them. */
@NullMarked
package vn.kydai.aggregate;

import org.jspecify.annotations.NullMarked;
