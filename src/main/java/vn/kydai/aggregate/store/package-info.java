/** Keeps the folds over restarts: their state, the rollups and the position, in one transaction. */
@NullMarked
package vn.kydai.aggregate.store;

import org.jspecify.annotations.NullMarked;
