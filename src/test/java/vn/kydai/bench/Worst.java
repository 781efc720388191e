package vn.kydai.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Figures;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Event;
import vn.kydai.event.Indicator;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.SampleDossier;
import vn.kydai.event.Ticket;
import vn.kydai.registry.Parts;

/**
 * Folds that one sender has told as much as it likes of one kind, and the event that costs most after it. Without a quota, so
 * that what is measured is what the folds themselves bear.
 */
public final class Worst {
    private static final String AREA = "19867";
    private static final Instant DAY = Instant.parse("2026-11-25T01:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T17:00:00Z");
    private static final int RATED_COUNTERS = 64;
    private static final String GAUGES = """
            {"sources": [
              {"id": "desk", "kind": "desk", "area": "19867"},
              {"id": "level", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 900, "levels": [0.8, 1.2, 1.8]}]},
              {"id": "total", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true, "levels": [20, 40]}]}]}
            """;

    private static final Settings.Aggregate WITHOUT_QUOTA = new Settings.Aggregate(35, 50_000, 30, Integer.MAX_VALUE);

    private final Kind kind;
    private final Figures figures = Figures.keepingRollups(WITHOUT_QUOTA);
    private long position;
    private int told;

    /** What is sent, and what it meets. */
    public enum Kind {
        /** A step of a dossier counted in hours that has paused as often as it was told. */
        DOSSIER_STEP,
        /** Another dossier, each received and due on another day within fifty years. */
        DOSSIER,
        /** The call of a ticket while all those before wait. */
        TICKET,
        /** A rating between those of counters rated all day. */
        RATING,
        /** A rating in the middle of a burst. */
        RATING_IN_BURST,
        /** A reading that belongs before the newest of a gauge with alert levels. */
        READING,
        /** The same of a rain gauge that sends running totals. */
        RUNNING_TOTAL,
        /** An indicator's figure of another period. */
        INDICATOR
    }

    /** Lets a sender tell that much. */
    Worst(Kind kind, int met) {
        this.kind = kind;
        Parts parts = Parts.load(Path.of("config"));
        for (Part part : new Part[] {Part.AREAS, Part.CALENDAR, Part.PROCEDURES, Part.THRESHOLDS}) {
            apply("configuration", "-", DAY, parts.configuration(part));
        }
        apply("configuration", "-", DAY, new Configuration(Part.SOURCES, "", GAUGES));
        for (int index = 0; index < met; index++) {
            event();
        }
        Object unused = figures.drainRollups();
    }

    /** Folds the next event. */
    void event() {
        told++;
        switch (kind) {
            case DOSSIER_STEP ->
                apply("desk", AREA, DAY.plusSeconds(told), dossier("d", "X.DEMO.HOURS", told % 2 == 0 ? 6 : 4, null));
            case DOSSIER -> {
                Instant received = DAY.minus(Duration.ofDays(told % 9_000));
                Instant due = DAY.plus(Duration.ofDays(told % 17_000));
                apply("desk", AREA, DAY, dossier("d" + told, "1.013227", 2, received, due));
            }
            case TICKET -> ticket();
            case RATING -> {
                Instant time = MIDNIGHT.plusSeconds(told / RATED_COUNTERS * 3L % 86_400);
                apply("desk", AREA, time, new Rating(Rating.Level.SATISFIED, "q" + told % RATED_COUNTERS, null));
            }
            case RATING_IN_BURST ->
                apply(
                        "desk",
                        AREA,
                        DAY.plusNanos(told % 500 * 1_000_000L),
                        new Rating(Rating.Level.SATISFIED, null, null));
            case READING -> apply("level", AREA, late(), new Reading("water_level", told * 7 % 2_000 / 1e3, "m", null));
            case RUNNING_TOTAL ->
                apply("total", AREA, late(), new Reading("rain", told * 7 % 2_000 / 10.0, "mm", null));
            case INDICATOR -> {
                String period = String.format(Locale.ROOT, "%04d-%02d", 1970 + told / 12 % 100, told % 12 + 1);
                apply("desk", AREA, DAY, new Indicator("i" + told % 64, period, 0.5, "1", null, 1.0, 2.0, null));
            }
        }
    }

    /** Folds the next event and shows what follows. */
    Picture picture() {
        event();
        return figures.picture(DAY.plus(Duration.ofHours(10)).plusMillis(told));
    }

    private void ticket() {
        apply("desk", AREA, DAY.plusNanos(told * 1_000L), new Ticket("t" + told, Ticket.Step.ISSUED, null, null));
        if (told % 2 == 0) {
            apply("desk", AREA, DAY.plusSeconds(3_600), new Ticket("t" + told / 2, Ticket.Step.CALLED, null, "1"));
        }
    }

    /** Any five minutes of the last half day before a newest one. */
    private Instant late() {
        return told == 1
                ? DAY.plus(Duration.ofHours(10))
                : DAY.plusSeconds(told % 120 * 300L).plusMillis(told % 1_000);
    }

    private static Dossier dossier(String code, String procedure, int status, @Nullable Instant due) {
        return dossier(code, procedure, status, due, due);
    }

    private static Dossier dossier(
            String code, String procedure, int status, @Nullable Instant received, @Nullable Instant due) {
        return SampleDossier.of(code, procedure, status)
                .received(received)
                .due(due)
                .told();
    }

    private void apply(String source, String area, Instant time, Data data) {
        position++;
        Event event = new Event("e-" + position, source, area, time, false, null, data);
        figures.apply(new Journaled(position, DAY.plusMillis(position / 100), event));
    }
}
