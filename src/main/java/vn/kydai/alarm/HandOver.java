package vn.kydai.alarm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shift handed over (bàn giao ca), as the journal has it.
 *
 * @param position of its last event: the state it was handed over in is that of this position
 * @param alarms ids of those that were handed over with it
 * @param acceptedAt when whoever it was handed to took it; absent until then
 */
record HandOver(
        long position,
        Instant at,
        String area,
        String by,
        String to,
        @Nullable String note,
        List<String> alarms,
        @Nullable Instant acceptedAt) {
    HandOver {
        alarms = List.copyOf(alarms);
    }
}
