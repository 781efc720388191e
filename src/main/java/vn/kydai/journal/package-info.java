/** The only truth: append, deduplicate, order, read; and the ledger that counts every event received. */
@NullMarked
package vn.kydai.journal;

import org.jspecify.annotations.NullMarked;
