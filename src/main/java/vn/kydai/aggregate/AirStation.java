package vn.kydai.aggregate;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.air.AirIndex;
import vn.kydai.aggregate.air.NowCast;
import vn.kydai.aggregate.air.Pollutant;
import vn.kydai.event.Picture.Findings;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;

/**
 * VN_AQI of a device that measures dust: of its last whole hour, its half day, and its yesterday. It is silent once the
 * last whole hour has none although its readings must have come, the server having listened. Without an index in any of the last twelve hours it is not
 * shown: the device's own metrics say that it is silent.
 */
final class AirStation implements Instrument {
    /** The metric it is shown as; the unit is UCUM's of a pure number. */
    static final String METRIC = "aqi";

    private static final String UNIT = "1";
    private static final int SHOWN_HOURS = 12;
    private static final long HOUR_MINUTES = 60;
    private static final SortedMap<Integer, Double> THRESHOLDS = thresholds();

    private final String source;

    /** The device's, by metric; grows. */
    private final SortedMap<String, Channel> channels;

    private final Listening listening;

    private @Nullable Sensor shown;
    private @Nullable Basis shownOf;

    /**
     * What a shown sensor was worked out from.
     *
     * @param heardHour the earliest hour that, as the newest one, is not silent
     */
    private record Basis(
            long hour,
            long heardHour,
            long version,
            String area,
            @Nullable Source source) {}

    AirStation(String source, SortedMap<String, Channel> channels, Listening listening) {
        this.source = source;
        this.listening = listening;
        this.channels = channels;
    }

    /** Tells whether a device's channels make a station. */
    static boolean isOf(SortedMap<String, Channel> channels) {
        return !channels.containsKey(METRIC)
                && channels.keySet().stream()
                        .anyMatch(metric ->
                                Pollutant.of(metric).filter(Pollutant::isDust).isPresent());
    }

    @Override
    public @Nullable Sensor sensor(Instant now, Registry registry) {
        long micros = Micros.of(now);
        long hour = Math.floorDiv(micros, HourMeans.HOUR);
        Channel any = channels.values().iterator().next();
        Basis basis = new Basis(
                hour,
                heardHour(micros, hour, grace(registry)),
                version(hour),
                any.area(now, registry),
                any.rules(registry).source());
        if (!basis.equals(shownOf)) {
            shown = sensor(basis, new AirHours(channels, registry)).orElse(null);
            shownOf = basis;
        }
        return shown;
    }

    /** An hour is silent once the readings of the next one have had their time to come while the server listened. */
    private long heardHour(long micros, long hour, long grace) {
        long time = HourMeans.HOUR + Math.min(grace, HourMeans.HOUR);
        long heard = hour - 1;
        while (heard > hour - SHOWN_HOURS && micros <= listening.after(heard * HourMeans.HOUR, time)) {
            heard--;
        }
        return heard;
    }

    /** How long after an hour its readings may come: as long as those of its slowest pollutant are not stale. */
    private long grace(Registry registry) {
        return channels.values().stream()
                .filter(channel -> channel.hours() != null)
                .mapToLong(channel -> Channel.staleAfter(channel.rules(registry)))
                .max()
                .orElse(0);
    }

    /** The hour before the last one is all that is known while the last one's readings may still come. */
    private static SensorState state(Basis basis, long newestHour) {
        boolean isHeard = newestHour >= basis.heardHour();
        return newestHour == basis.hour() - 1 ? SensorState.GOOD : isHeard ? SensorState.STALE : SensorState.SILENT;
    }

    private long version(long hour) {
        long version = 0;
        for (Channel channel : channels.values()) {
            HourMeans hours = channel.hours();
            version += hours == null ? 0 : hours.version(hour);
        }
        return version;
    }

    private Optional<Sensor> sensor(Basis basis, AirHours hours) {
        SortedMap<Long, Double> history = new TreeMap<>();
        AirIndex newest = null;
        long newestHour = 0;
        for (long hour = basis.hour() - SHOWN_HOURS; hour < basis.hour(); hour++) {
            Optional<AirIndex> index = hours.hourly(hour);
            if (index.isPresent()) {
                newest = index.get();
                newestHour = hour;
                history.put(hour * HOUR_MINUTES, (double) newest.index());
            }
        }
        if (newest == null) {
            return Optional.empty();
        }
        return Optional.of(new Sensor(
                source,
                basis.area(),
                basis.source() == null ? null : basis.source().station(),
                basis.source() == null ? null : basis.source().name(),
                METRIC,
                UNIT,
                (double) newest.index(),
                Micros.instant((newestHour + 1) * HourMeans.HOUR),
                state(basis, newestHour),
                newest.level(),
                THRESHOLDS,
                null,
                Collections.unmodifiableSortedMap(history),
                new Findings(
                        Quality.GOOD,
                        null,
                        yesterday(basis, hours),
                        null,
                        newest.dominant().metric(),
                        null),
                basis.source() == null ? null : basis.source().place()));
    }

    private static SortedMap<String, Double> yesterday(Basis basis, AirHours hours) {
        int day = Micros.day(basis.hour() * HourMeans.HOUR) - 1;
        SortedMap<String, Double> windows = new TreeMap<>();
        hours.daily(Math.floorDiv(Quarters.startOf(day), HourMeans.HOUR))
                .ifPresent(index -> windows.put("yesterday", (double) index.index()));
        return Collections.unmodifiableSortedMap(windows);
    }

    private static SortedMap<Integer, Double> thresholds() {
        SortedMap<Integer, Double> thresholds = new TreeMap<>();
        for (int begin : AirIndex.LEVELS) {
            thresholds.put(thresholds.size() + 1, (double) begin);
        }
        return Collections.unmodifiableSortedMap(thresholds);
    }

    /** A device's hourly means, and the indices of its hours and days. */
    private static final class AirHours {
        private static final int HOURS_A_DAY = 24;
        private static final int LEAST_HOURS_A_DAY = 18;
        private static final int EIGHT = 8;
        private static final int LEAST_OF_EIGHT = 6;

        private final Map<Pollutant, SortedMap<Long, Double>> means = new EnumMap<>(Pollutant.class);

        AirHours(SortedMap<String, Channel> channels, Registry registry) {
            channels.forEach((metric, channel) -> {
                HourMeans hours = channel.hours();
                if (hours != null) {
                    Pollutant.of(metric)
                            .ifPresent(pollutant -> means.put(pollutant, hours.means(channel.rules(registry))));
                }
            });
        }

        Optional<AirIndex> hourly(long hour) {
            Map<Pollutant, Double> concentrations = new EnumMap<>(Pollutant.class);
            means.forEach((pollutant, hours) -> {
                if (pollutant.isDust()) {
                    nowCast(hours, hour).ifPresent(value -> concentrations.put(pollutant, value));
                } else if (hours.containsKey(hour)) {
                    concentrations.put(pollutant, hours.getOrDefault(hour, 0.0));
                }
            });
            return AirIndex.hourly(concentrations);
        }

        /** Works out the index of the day that starts with an hour. */
        Optional<AirIndex> daily(long first) {
            Map<Pollutant, Double> dust = new EnumMap<>(Pollutant.class);
            Map<Pollutant, Double> gases = new EnumMap<>(Pollutant.class);
            means.forEach((pollutant, hours) -> {
                SortedMap<Long, Double> ofDay = hours.subMap(first, first + HOURS_A_DAY);
                if (!pollutant.isDust()) {
                    ofDay.values().stream().max(Double::compare).ifPresent(most -> gases.put(pollutant, most));
                } else if (ofDay.size() >= LEAST_HOURS_A_DAY) {
                    dust.put(pollutant, mean(ofDay));
                }
            });
            return AirIndex.daily(new AirIndex.Day(dust, gases, eightHours(first)));
        }

        private @Nullable Double eightHours(long first) {
            SortedMap<Long, Double> hours = means.getOrDefault(Pollutant.O3, Collections.emptySortedMap());
            Double greatest = null;
            for (long last = first; last < first + HOURS_A_DAY; last++) {
                SortedMap<Long, Double> eight = hours.subMap(last - EIGHT + 1, last + 1);
                if (eight.size() >= LEAST_OF_EIGHT) {
                    double mean = mean(eight);
                    greatest = greatest == null || mean > greatest ? (Double) mean : greatest;
                }
            }
            return greatest;
        }

        private static OptionalDouble nowCast(SortedMap<Long, Double> hours, long newest) {
            double[] means = new double[NowCast.HOURS];
            for (int back = 0; back < means.length; back++) {
                means[back] = hours.getOrDefault(newest - back, Double.NaN);
            }
            return NowCast.of(means);
        }

        private static double mean(SortedMap<Long, Double> hours) {
            double sum = 0;
            for (double value : hours.values()) {
                sum += value;
            }
            return sum / hours.size();
        }
    }
}
