/** The benchmark's clients, in a process of their own: what they send, when, and how long the answers took. */
@NullMarked
package vn.kydai.bench.load;

import org.jspecify.annotations.NullMarked;
