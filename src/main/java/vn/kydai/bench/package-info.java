/** The benchmark: a server of its own, clients in processes of their own, and the tables of what was measured. */
@NullMarked
package vn.kydai.bench;

import org.jspecify.annotations.NullMarked;
