package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/**
 * What the sensors send on a day, with what radio does to it: outages after which everything comes late, messages sent
 * twice, messages lost. Pure. All shares are invented.
 */
final class SensorModel {
    private static final double OUTAGE_SHARE = 0.06;
    private static final int LONGEST_OUTAGE_MIN = 150;
    private static final double REPEATED_SHARE = 0.01;
    /** Unconfirmed uplinks are lost; only those behind a gateway are. */
    private static final double LOST_SHARE = 0.004;

    private static final Duration REPEATED_AFTER = Duration.ofSeconds(20);
    private static final int LONGEST_DELAY_MS = 1_500;
    /** Low-cost dust sensors overread in fog. */
    private static final double FOG_HUMIDITY = 90;

    /** A device whose battery only lasts into the night: silent for most of the day. */
    private static final LocalTime SILENT_FROM = LocalTime.of(3, 0);

    private final long seed;
    private final Script script;
    private final Curves curves;

    SensorModel(long seed, Script script) {
        this.seed = seed;
        this.script = script;
        this.curves = new Curves(seed, script);
    }

    /** Returns what a sensor sends of the readings it takes on a date. */
    Stream<Emission> day(Source source, LocalDate date, boolean isSilent) {
        if (source.metrics().isEmpty()) {
            return Stream.empty();
        }
        int cadence = source.metrics().getFirst().cadenceSeconds();
        long phase = phase(source, cadence);
        long first = Math.ceilDiv(midnight(date).getEpochSecond() - phase, cadence);
        long end = Math.ceilDiv(midnight(date.plusDays(1)).getEpochSecond() - phase, cadence);
        Optional<Outage> outage = outage(source, date);
        return LongStream.range(first, end)
                .boxed()
                .filter(number -> !isSilent || isAwake(Instant.ofEpochSecond(number * cadence + phase)))
                .flatMap(number -> readings(source, number, Instant.ofEpochSecond(number * cadence + phase)))
                .flatMap(event -> sent(source, event, outage.orElse(null)));
    }

    /** Devices wake when they were switched on; the gauges of bulletins read at full hours, else their peaks would be missed. */
    private long phase(Source source, int cadence) {
        return script.isAbout(source.id()) ? 0 : (long) (Draws.one(seed, source.id(), 0) * cadence);
    }

    private record Outage(Instant from, Instant to) {
        boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    private Stream<Event> readings(Source source, long number, Instant at) {
        List<Metric> metrics = source.metrics();
        return IntStream.range(0, metrics.size()).boxed().flatMap(index -> {
            Metric metric = metrics.get(index);
            long seq = number * metrics.size() + index;
            return curves
                    .value(source.id(), metric, at)
                    .map(value -> new Reading(metric.metric(), value, metric.unit(), quality(source, metric, at)))
                    .map(reading -> event(source, at, seq, reading))
                    .stream();
        });
    }

    private Event event(Source source, Instant at, long seq, Reading reading) {
        String id = Long.toString(seed, Character.MAX_RADIX) + "-" + seq;
        return new Event(id, source.id(), source.areaAt(at), at, false, seq, reading);
    }

    private @Nullable Quality quality(Source source, Metric metric, Instant at) {
        if (!metric.metric().startsWith("pm")) {
            return null;
        }
        boolean isFoggy = source.metrics().stream()
                .filter(other -> other.metric().equals("humidity"))
                .flatMap(humidity -> curves.value(source.id(), humidity, at).stream())
                .anyMatch(humidity -> humidity > FOG_HUMIDITY);
        return isFoggy ? Quality.SUSPECT : Quality.GOOD;
    }

    private Stream<Emission> sent(Source source, Event event, @Nullable Outage outage) {
        SplittableRandom random = Draws.stream(seed, source.id() + "/sent", event.seq() == null ? 0 : event.seq());
        double fate = random.nextDouble();
        if (source.behind() != null && fate < LOST_SHARE) {
            return Stream.empty();
        }
        boolean isLate = outage != null && outage.contains(event.eventTime());
        Instant free = outage != null && isLate ? outage.to() : event.eventTime();
        Instant sendAt = free.plusMillis(random.nextInt(50, LONGEST_DELAY_MS));
        Emission once = new Emission(sendAt, event);
        return fate > 1 - REPEATED_SHARE
                ? Stream.of(once, new Emission(sendAt.plus(REPEATED_AFTER), event))
                : Stream.of(once);
    }

    private Optional<Outage> outage(Source source, LocalDate date) {
        SplittableRandom random = Draws.stream(seed, source.id() + "/outage", date);
        if (random.nextDouble() >= OUTAGE_SHARE) {
            return Optional.empty();
        }
        Instant from = midnight(date).plus(Duration.ofMinutes(random.nextInt(20 * 60)));
        return Optional.of(new Outage(from, from.plus(Duration.ofMinutes(random.nextInt(30, LONGEST_OUTAGE_MIN)))));
    }

    private static boolean isAwake(Instant at) {
        return LocalTime.ofInstant(at, WorkingCalendar.ZONE).isBefore(SILENT_FROM);
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(WorkingCalendar.ZONE).toInstant();
    }
}
