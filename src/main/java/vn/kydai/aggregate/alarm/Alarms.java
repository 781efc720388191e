package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;

/**
 * Every alarm that was ever raised, folded from {@code alarm} events alone. Unlike other folds this one takes its events
 * in journal order: each was decided on what those before it had made. What does not fit (an acknowledgement of an
 * occurrence that is over) changes nothing.
 */
public final class Alarms implements Serializable {
    private final TreeMap<String, Life> lives = new TreeMap<>();

    /** Last shown, by id; the same instances as long as nothing changes. */
    private transient @Nullable SortedMap<String, Picture.Alarm> shown;

    /** Takes the next event of the journal. */
    public void apply(Journaled journaled, Alarm alarm) {
        lives.compute(alarm.id(), (id, before) -> {
            Life known = before == null ? null : before.at(journaled.ingestTime());
            return known == null ? Life.begun(journaled, alarm) : known.after(journaled, alarm);
        });
    }

    /** Shows them at an instant; the same map as long as none changes. */
    public SortedMap<String, Picture.Alarm> shown(Instant now) {
        SortedMap<String, Picture.Alarm> last = shown == null ? Collections.emptySortedMap() : shown;
        SortedMap<String, Picture.Alarm> next = new TreeMap<>();
        boolean isChanged = shown == null || last.size() != lives.size();
        for (var entry : lives.entrySet()) {
            Picture.Alarm before = last.get(entry.getKey());
            Picture.Alarm alarm = entry.getValue().at(now).shown();
            boolean isSame = alarm.equals(before);
            isChanged |= !isSame;
            next.put(entry.getKey(), isSame && before != null ? before : alarm);
        }
        if (isChanged) {
            last = Collections.unmodifiableSortedMap(next);
        }
        shown = last;
        return last;
    }
}
