package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Figure;
import vn.kydai.event.Fold;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.SetAside;
import vn.kydai.event.Ticket;

/** The smallest honest fold: counts events by area, under one district of two communes. */
final class CountingFold implements Fold {
    static final String DISTRICT = "477";
    static final List<String> COMMUNES = List.of("19867", "19894");

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeMap<String, Instant> asOf = new TreeMap<>();
    private long position;
    private @Nullable Instant lastIngest;

    /** Tells whether there is such an area. */
    static boolean isArea(String id) {
        return id.equals(DISTRICT) || COMMUNES.contains(id);
    }

    /** Returns an event for the journal. */
    static Journaled ticket(long position, Instant ingestTime, Instant eventTime, String area) {
        Ticket ticket = new Ticket("A" + position, Ticket.Step.ISSUED, null, null);
        return new Journaled(
                position, ingestTime, new Event("t-" + position, "desk-" + area, area, eventTime, false, null, ticket));
    }

    @Override
    public void apply(Journaled event) {
        position = Math.max(position, event.position());
        lastIngest = later(lastIngest, event.ingestTime());
        for (String id : List.of(DISTRICT, event.event().area())) {
            counts.merge(id, 1L, Long::sum);
            asOf.put(id, later(asOf.get(id), event.ingestTime()));
        }
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }

    @Override
    public void leaveOut(SortedMap<Long, SetAside> setAside) {
        // What is never given to it is not counted.
    }

    @Override
    public Picture picture(Instant now) {
        TreeMap<String, Picture.Area> areas = new TreeMap<>();
        areas.put(DISTRICT, area(DISTRICT, COMMUNES));
        COMMUNES.forEach(id -> areas.put(id, area(id, List.of())));
        return new Picture(
                position,
                now,
                areas,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                lastIngest,
                Collections.emptySortedMap(),
                null);
    }

    private Picture.Area area(String id, List<String> children) {
        TreeMap<String, Figure> figures = new TreeMap<>();
        figures.put("waiting", Figure.count(requireNonNull(counts.getOrDefault(id, 0L)), asOf.get(id)));
        return new Picture.Area(
                id,
                id,
                "Xã " + id,
                "Commune " + id,
                children.isEmpty() ? "commune" : "district",
                children,
                children.isEmpty() ? List.of(id) : children,
                true,
                null,
                null,
                false,
                null,
                figures,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                1,
                0,
                null,
                asOf.get(id),
                null,
                Collections.emptySortedMap());
    }
}
