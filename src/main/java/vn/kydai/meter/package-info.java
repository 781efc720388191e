/** The one shape of every metric of ours: there from the start, described, its labels closed. */
@NullMarked
package vn.kydai.meter;

import org.jspecify.annotations.NullMarked;
