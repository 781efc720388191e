package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Sensors.Crossing;
import vn.kydai.event.Dossier;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture.Tick;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.registry.Procedures;

/**
 * The newest events of each area worth telling. By position: the ticker shows what came in, but not what came in a day or
 * more behind the newest, as old files do when they are imported.
 */
final class Ticker implements Serializable {
    /** More than a wall shows of a subtree, so any subtree's newest are among its leaves'. */
    private static final int KEPT_PER_AREA = 12;

    private static final Duration OLD = Duration.ofDays(1);

    /** Longest part of a dossier's code on a public wall (domain rule: pseudonyms). */
    private static final int SHOWN_DIGITS = 4;

    private Instant newest = Instant.MIN;
    private transient Map<String, TreeMap<Long, Tick>> byArea = new HashMap<>();
    private transient TreeMap<Long, Tick> all = new TreeMap<>();
    private transient @Nullable SortedMap<Long, Tick> shown;

    /** A line as it is saved: what goes over the bus is never serialized itself. */
    private record Saved(long position, Instant at, String area, Kind kind, String code, TreeMap<String, String> params)
            implements Serializable {}

    void apply(Journaled journaled, Dossier dossier) {
        String code = switch (dossier.status()) {
            case RECEIVED -> "received";
            case SUPPLEMENT -> "supplement";
            case DONE -> "done";
            case RETURNED -> "returned";
            case SUBMITTED, REFUSED, PROCESSING, FEE, WITHDRAWN, STOPPED -> null;
        };
        if (code != null) {
            Map<String, String> params = params("procedure", Procedures.normal(dossier.procedure()));
            put(params, "counter", dossier.counter());
            params.put("dossier", tail(dossier.dossier()));
            add(journaled, code, params);
        }
    }

    void apply(Journaled journaled, Ticket ticket) {
        if (ticket.step() == Ticket.Step.CALLED) {
            Map<String, String> params = params("ticket", ticket.ticket());
            put(params, "counter", ticket.counter());
            put(params, "service", ticket.service());
            add(journaled, "called", params);
        }
    }

    void apply(Journaled journaled, Rating rating) {
        Map<String, String> params = params("level", rating.level().name().toLowerCase(Locale.ROOT));
        put(params, "counter", rating.counter());
        add(journaled, "rated", params);
    }

    void apply(Journaled journaled, Reading reading, Crossing crossing) {
        Map<String, String> params = params("sensor", journaled.event().source());
        params.put("metric", reading.metric());
        params.put("level", Integer.toString(crossing.level()));
        params.put("value", Double.toString(crossing.value()));
        params.put("unit", crossing.unit());
        add(journaled, reading.metric().equals("rain") ? "rain" : "level", params);
    }

    SortedMap<Long, Tick> shown() {
        SortedMap<Long, Tick> current = shown;
        if (current == null) {
            current = Collections.unmodifiableSortedMap(new TreeMap<>(all));
            shown = current;
        }
        return current;
    }

    private void add(Journaled journaled, String code, Map<String, String> params) {
        Event event = journaled.event();
        if (!newest.equals(Instant.MIN) && event.eventTime().isBefore(newest.minus(OLD))) {
            return;
        }
        newest = newest.isAfter(event.eventTime()) ? newest : event.eventTime();
        Tick tick = new Tick(
                event.eventTime(),
                event.area(),
                event.kind(),
                code,
                Collections.unmodifiableSortedMap(new TreeMap<>(params)));
        keep(journaled.position(), tick);
        shown = null;
    }

    private static Map<String, String> params(String name, String value) {
        Map<String, String> params = new TreeMap<>();
        params.put(name, value);
        return params;
    }

    private static void put(Map<String, String> params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }

    /** The part of a dossier's code that may be shown. */
    static String tail(String code) {
        return code.substring(Math.max(0, code.length() - SHOWN_DIGITS));
    }

    private void keep(long position, Tick tick) {
        TreeMap<Long, Tick> area = byArea.computeIfAbsent(tick.area(), key -> new TreeMap<>());
        area.put(position, tick);
        all.put(position, tick);
        if (area.size() > KEPT_PER_AREA) {
            all.remove(area.pollFirstEntry().getKey());
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        ArrayList<Saved> lines = new ArrayList<>();
        all.forEach((position, tick) -> lines.add(
                new Saved(position, tick.at(), tick.area(), tick.kind(), tick.code(), new TreeMap<>(tick.params()))));
        out.writeObject(lines);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        byArea = new HashMap<>();
        all = new TreeMap<>();
        for (Object line : (List<?>) in.readObject()) {
            Saved saved = (Saved) line;
            SortedMap<String, String> params = Collections.unmodifiableSortedMap(saved.params());
            keep(saved.position(), new Tick(saved.at(), saved.area(), saved.kind(), saved.code(), params));
        }
    }
}
