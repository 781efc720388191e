package vn.kydai.aggregate.alarm;

import java.io.Serializable;
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
 * occurrence that is over) changes nothing. Time is that of the events, so that a journal read into another one tells the
 * same.
 */
public final class Alarms implements Serializable {
    private final TreeMap<String, Life> lives = new TreeMap<>();
    private final Floods floods = new Floods();

    /** Last shown, by id; the same instances as long as nothing changes. */
    private transient @Nullable SortedMap<String, Picture.Alarm> shown;

    /** Takes the next event of the journal. */
    public void apply(Journaled journaled, Alarm alarm) {
        if (!alarm.isOfRule()) {
            return;
        }
        lives.compute(alarm.id(), (id, before) -> {
            Life known = before == null ? null : before.at(journaled.event().eventTime());
            Life next = known == null ? Life.begun(journaled, alarm) : known.after(journaled, alarm);
            if (known == null ? next.occurrence().number() > 0 : next.isRaisedSince(known)) {
                floods.raised(next.occurrence().raisedAt(), next.subject().area());
            }
            return next;
        });
    }

    /** Shows where they come too fast to be read one by one. */
    public SortedMap<String, Picture.Flood> floods(
            Places places, SortedMap<String, Picture.Area> areas, SortedMap<String, Picture.Alarm> alarms) {
        return floods.shown(places, areas, alarms);
    }

    /** Shows them at an instant, each in the area where it belongs then; the same map as long as none changes. */
    public SortedMap<String, Picture.Alarm> shown(Places places) {
        SortedMap<String, Picture.Alarm> last = shown == null ? Collections.emptySortedMap() : shown;
        SortedMap<String, Picture.Alarm> next = new TreeMap<>();
        boolean isChanged = shown == null || last.size() != lives.size();
        for (var entry : lives.entrySet()) {
            Picture.Alarm before = last.get(entry.getKey());
            Picture.Alarm alarm = entry.getValue().at(places.now()).shown(places);
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
