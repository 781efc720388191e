package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.air.Pollutant;
import vn.kydai.event.Picture.Findings;
import vn.kydai.event.Picture.LastGood;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.Registry;

/** One metric of one device: what it said last, its last half day, and what that looks like on the wall. */
final class Channel implements Instrument, Serializable {
    /** What falls as increments; its value is the sum of an hour. */
    private static final String RAIN = "rain";

    /** Shown are twelve; the one before is for pictures of an instant before the newest reading. */
    private static final int KEPT_HOURS = 13;

    private static final long GRACE = 60 * Micros.SECOND;
    private static final int LEAST_SAME = 3;

    /** Beyond, a double has no such digits. */
    private static final double EXACT_STEPS = 1e15;

    private static final int SILENT_AFTER_CADENCES = 3;

    private final String source;
    private final String metric;
    private final Buckets buckets;
    private final Track track;
    private final @Nullable Rain rain;
    private final @Nullable HourMeans hours;
    private final RollupDeltas rollups;
    private final Listening listening;

    /** Area of the newest reading's event, for a source without a registration. */
    private @Nullable String eventArea;

    private String unit;
    private @Nullable Stamp newest;
    private boolean isNewestBad;

    /** Newest value that is not bad. */
    private @Nullable Value newestValue;

    /** What the registry last asked says of this metric: every reading asks. */
    private transient @Nullable ChannelRules rules;

    private transient @Nullable Registry rulesOf;

    private transient @Nullable Sensor shown;
    private transient boolean isShownCurrent;
    private transient long shownFrom;
    private transient long shownUntil;

    Channel(String source, String metric, String unit, Registry registry, RollupDeltas rollups, Listening listening) {
        this.listening = listening;
        this.source = source;
        this.rollups = rollups;
        this.metric = metric;
        ChannelRules known = ChannelRules.of(source, metric, registry);
        double resolution = known.resolution();
        boolean isRain = metric.equals(RAIN);
        boolean isPollutant = Pollutant.of(metric).isPresent();
        this.unit = known.metric() == null ? unit : known.metric().unit();
        this.buckets = new Buckets(
                isRain, resolution, isPollutant ? HourMeans.KEPT_HOURS : isRain ? Rain.KEPT_HOURS : KEPT_HOURS);
        this.track = new Track(buckets);
        this.rain = isRain ? new Rain(buckets, resolution) : null;
        this.hours = isPollutant ? new HourMeans(buckets, resolution) : null;
    }

    String metric() {
        return metric;
    }

    /** Takes a reading; tells whether it is the newest one and its value is not bad. */
    boolean take(Stamp stamp, String area, Reading reading, Registry registry) {
        ChannelRules known = rules(registry);
        if (known.metric() != null) {
            unit = known.metric().unit();
        }
        Optional<Double> value = known.value(reading, Micros.instant(stamp.micros()));
        boolean isNewest = newest == null || stamp.isAfter(newest);
        isShownCurrent = false;
        if (isNewest) {
            newest = stamp;
            eventArea = area;
            isNewestBad = value.isEmpty();
        }
        known.plain(reading).ifPresent(number -> rollups.reading(metric, source, stamp.micros(), number));
        value.ifPresent(number -> keep(new Value(stamp, number, reading.quality() == Quality.SUSPECT)));
        return isNewest && !isNewestBad;
    }

    /** Its registration or its metric may have changed. */
    void reread() {
        isShownCurrent = false;
        track.forget();
        if (hours != null) {
            hours.forget();
        }
    }

    /** Returns how many alert levels its values have reached; absent without levels or value. */
    @Nullable
    Integer level(Registry registry) {
        ChannelRules known = rules(registry);
        if (known.levels().isEmpty() || newestValue == null) {
            return null;
        }
        return rain == null
                ? track.course(known).alert().reached()
                : AlertLevel.count(known.levels(), rain.hour(known, newestValue.micros()));
    }

    /** Returns its value in the metric's unit; of rain the sum of the hour up to its newest reading. */
    @Nullable
    Double value(Registry registry) {
        if (newestValue == null) {
            return null;
        }
        return rain == null ? (Double) newestValue.value() : (Double) rain.hour(rules(registry), newestValue.micros());
    }

    String unit() {
        return unit;
    }

    /** Returns the hourly means of a pollutant; absent for anything else. */
    @Nullable
    HourMeans hours() {
        return hours;
    }

    @Override
    public Sensor sensor(Instant now, Registry registry) {
        long micros = Micros.of(now);
        Sensor known = shown;
        boolean isInTime = micros >= shownFrom && micros < shownUntil;
        if (known != null && isShownCurrent && isInTime) {
            return known;
        }
        ChannelRules valid = rules(registry);
        Sensor next = Same.or(known, sensor(now, registry, valid));
        shown = next;
        isShownCurrent = true;
        shownFrom = micros;
        shownUntil =
                Math.min(buckets.nextDrop(micros), Math.min(nextState(micros, valid), nextMove(now, valid, registry)));
        return next;
    }

    /** Returns the leaf area it belongs to at an instant. */
    String area(Instant now, Registry registry) {
        ChannelRules known = rules(registry);
        return known.source() != null ? registry.areaOf(known.source(), now) : eventArea == null ? "" : eventArea;
    }

    ChannelRules rules(Registry registry) {
        ChannelRules known = rules;
        if (known == null || !Same.instance(registry, rulesOf)) {
            known = ChannelRules.of(source, metric, registry);
            rules = known;
            rulesOf = registry;
        }
        return known;
    }

    /** A reading not heard of for three cadences and a minute in which the server listened is lost, good or bad. */
    private SensorState state(long nowMicros, ChannelRules known) {
        if (newest == null) {
            return SensorState.SILENT;
        }
        long age = nowMicros - newest.micros();
        if (nowMicros > listening.after(newest.micros(), silentAfter(known))) {
            return SensorState.SILENT;
        }
        if (isNewestBad) {
            return SensorState.BAD;
        }
        return age > staleAfter(known) ? SensorState.STALE : SensorState.GOOD;
    }

    private void keep(Value value) {
        if (newestValue == null || value.stamp().isAfter(newestValue.stamp())) {
            newestValue = value;
        }
        long newestMicros = newestValue.micros();
        Buckets.Change change = buckets.add(value, newestMicros);
        track.changed(change);
        if (rain != null) {
            rain.add(value, newestMicros);
        }
        if (hours != null) {
            hours.changed(change, value.micros(), newestMicros);
        }
    }

    private Sensor sensor(Instant now, Registry registry, ChannelRules known) {
        SortedMap<Integer, Double> thresholds = new TreeMap<>();
        List<Double> levels = known.levels();
        for (int index = 0; index < levels.size(); index++) {
            thresholds.put(index + 1, levels.get(index));
        }
        long micros = Micros.of(now);
        Value last = newestValue;
        Double value = value(registry);
        SortedMap<Long, Double> history =
                rain != null && known.isCounter() ? rain.counted(known, micros) : rounded(buckets.shown(micros), known);
        return new Sensor(
                source,
                area(now, registry),
                known.source() == null ? null : known.source().station(),
                known.source() == null ? null : known.source().name(),
                metric,
                unit,
                value == null ? null : (Double) rounded(value, known),
                last == null ? null : Micros.instant(last.micros()),
                state(micros, known),
                level(registry),
                Collections.unmodifiableSortedMap(thresholds),
                ratePerHour(known),
                Same.or(shown == null ? null : shown.history(), history),
                findings(known),
                known.source() == null ? null : known.source().place());
    }

    /** What is shown has the digits the metric has: none of a sum that a device made of binary fractions. */
    private static double rounded(double value, ChannelRules known) {
        double steps = Math.rint(value / known.resolution());
        if (known.metric() == null || steps * known.resolution() == value || Math.abs(steps) >= EXACT_STEPS) {
            return value;
        }
        return Buckets.value((long) steps, known.resolution());
    }

    private static SortedMap<Long, Double> rounded(SortedMap<Long, Double> values, ChannelRules known) {
        TreeMap<Long, Double> rounded = new TreeMap<>(values);
        rounded.replaceAll((minute, value) -> rounded(value, known));
        return Collections.unmodifiableSortedMap(rounded);
    }

    private Findings findings(ChannelRules known) {
        Value last = newestValue;
        if (last == null) {
            return newest == null
                    ? Findings.NONE
                    : new Findings(Quality.BAD, null, Findings.NO_WINDOWS, null, null, null);
        }
        Course course = track.course(known);
        boolean isSuspect = course.isSuspect() || (rain != null && rain.isDoubted(known));
        Quality quality = isNewestBad ? Quality.BAD : isSuspect ? Quality.SUSPECT : Quality.GOOD;
        Value believed = course.believed();
        LastGood lastGood = !course.isSuspect() || believed == null || believed.equals(last)
                ? null
                : new LastGood(rounded(believed.value(), known), Micros.instant(believed.micros()));
        SortedMap<String, Double> windows = rain == null ? Findings.NO_WINDOWS : rain.windows(known, last.micros());
        Value same = course.sames() < LEAST_SAME ? null : course.same();
        return new Findings(
                quality,
                lastGood,
                windows,
                Rain.category(windows),
                null,
                same == null ? null : Micros.instant(same.micros()));
    }

    /** Change since about an hour before: of a value at least one hour, at most two hours older. */
    private @Nullable Double ratePerHour(ChannelRules known) {
        Value last = newestValue;
        if (last == null || !known.hasRate()) {
            return null;
        }
        long at = last.micros();
        Value before = buckets.lastBetween(at - 120 * Micros.MINUTE, at - 60 * Micros.MINUTE);
        if (before == null) {
            return null;
        }
        double hours = (at - before.micros()) / (60.0 * Micros.MINUTE);
        return Math.round((last.value() - before.value()) / hours * 1_000) / 1_000.0;
    }

    static long staleAfter(ChannelRules known) {
        return known.cadence() + GRACE;
    }

    private static long silentAfter(ChannelRules known) {
        return SILENT_AFTER_CADENCES * known.cadence() + GRACE;
    }

    private long nextState(long nowMicros, ChannelRules known) {
        if (newest == null) {
            return Long.MAX_VALUE;
        }
        long stale = newest.micros() + staleAfter(known) + 1;
        long unheard = listening.after(newest.micros(), silentAfter(known));
        long silent = unheard == Long.MAX_VALUE ? unheard : unheard + 1;
        return nowMicros < stale ? stale : nowMicros < silent ? silent : Long.MAX_VALUE;
    }

    private static long nextMove(Instant now, ChannelRules known, Registry registry) {
        return known.source() == null
                ? Long.MAX_VALUE
                : registry.movesAfter(known.source(), now).map(Micros::of).orElse(Long.MAX_VALUE);
    }
}
