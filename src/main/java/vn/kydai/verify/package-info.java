/** Figures again, from the journal by SQL alone: nothing here knows how the folds count. */
@NullMarked
package vn.kydai.verify;

import org.jspecify.annotations.NullMarked;
