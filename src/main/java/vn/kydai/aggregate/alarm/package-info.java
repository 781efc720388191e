/** The life cycle of an alarm, and the fold of alarm events: pure. */
@NullMarked
package vn.kydai.aggregate.alarm;

import org.jspecify.annotations.NullMarked;
