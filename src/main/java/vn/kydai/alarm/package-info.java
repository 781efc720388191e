/** Decides when alarms are raised and cleared, and lets people act on them; both are events of the journal. */
@NullMarked
package vn.kydai.alarm;

import org.jspecify.annotations.NullMarked;
