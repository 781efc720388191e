package vn.kydai.simulate;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.max;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.SplittableRandom;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.WorkingCalendar;

/**
 * What the demo's sensors measure: smooth curves of the day and the tide with a little noise. Pure: a value follows from
 * the seed, the source, the metric and the instant. The shapes are those of a wet November day in Huế; the numbers are
 * invented.
 */
final class Curves {
    /** The main lunar tide, M2. */
    private static final double TIDE_HOURS = 12.42;

    private static final double HOURS_A_DAY = 24;
    private static final double SECONDS_AN_HOUR = 3_600;
    /** A tipping bucket tells rain in steps. */
    private static final double BUCKET_MM = 0.2;

    private static final double HEAVIEST_MM_AN_HOUR = 42;
    private static final int SHOWERS_A_DAY = 5;

    private final long seed;
    private final Script script;

    Curves(long seed, Script script) {
        this.seed = seed;
        this.script = script;
    }

    /** Returns what a source measures at an instant; empty for a metric it has no curve of. */
    Optional<Double> value(String source, Metric metric, Instant at) {
        return script.value(source, metric, at).or(() -> invented(source, metric, at));
    }

    private Optional<Double> invented(String source, Metric metric, Instant at) {
        double noise = Draws.one(seed, source + metric.metric(), at.getEpochSecond()) - 0.5;
        double hour = hour(at);
        return switch (metric.metric()) {
            case "water_level" -> Optional.of(rounded(waterLevel(source, metric, at) + noise * 0.02, 100));
            case "rain" -> Optional.of(rain(source, metric.cadenceSeconds(), at));
            case "pm25" -> Optional.of(rounded(dust(source, at) + noise * 3, 10));
            case "pm10" -> Optional.of(rounded(dust(source, at) * 1.6 + noise * 6, 10));
            case "temperature" -> Optional.of(rounded(22.5 - 3 * wave(hour - 13.5, HOURS_A_DAY) + noise * 0.4, 10));
            case "humidity" -> Optional.of(rounded(82 + 10 * wave(hour - 13.5, HOURS_A_DAY) + noise * 2, 10));
            case "wind" -> Optional.of(rounded(max(0, 3 - 1.5 * wave(hour - 15, HOURS_A_DAY) + noise * 2), 10));
            case "salinity" -> Optional.of(rounded(salinity(source, metric, at) + noise * 0.06, 100));
            case "conductivity" -> Optional.of(rounded(2 * salinity(source, metric, at) + noise * 0.1, 100));
            case "vehicles" -> Optional.of(rounded(traffic(source, hour) * (1 + noise * 0.2), 1));
            case "o3" -> Optional.of(rounded(45 + 30 * hump(hour, 14, 3.5) + noise * 6, 10));
            case "no2" -> Optional.of(rounded(dust(source, at) * 0.9 + noise * 4, 10));
            case "so2" -> Optional.of(rounded(8 + 3 * hump(hour, 10, 4) + noise * 2, 10));
            case "co" -> Optional.of(rounded(420 + 18 * dust(source, at) + noise * 40, 1));
            case "battery" -> Optional.of(rounded(3.7 - 0.15 * wave(hour - 16, HOURS_A_DAY) + noise * 0.02, 100));
            case "signal" -> Optional.of(rounded(-97 + noise * 14, 1));
            default -> Optional.empty();
        };
    }

    /** A river with a high second level rises from early morning to evening; anything lower moves with the tide. */
    private double waterLevel(String source, Metric metric, Instant at) {
        if (metric.levels().size() < 2) {
            return 0.6 + 0.15 * tide(source, at);
        }
        double first = metric.levels().get(0);
        double second = metric.levels().get(1);
        double ofTheDay = Draws.one(seed, source, WorkingCalendar.dateOf(at).toEpochDay()) - 0.5;
        return second - first > 0.6
                ? second - 0.12 * first + first * (0.1 * ofTheDay - 0.28 * wave(hour(at) - 6.5, HOURS_A_DAY))
                : first * (0.82 + 0.36 * tide(source, at));
    }

    private double salinity(String source, Metric metric, Instant at) {
        double high = metric.levels().isEmpty() ? 12 : metric.levels().getFirst();
        return high * (0.72 + 0.3 * tide(source, at));
    }

    /** Two rush hours; at night nearly nobody. */
    private double traffic(String source, double hour) {
        double size = 600 + 500 * Draws.one(seed, source, 0);
        return size * (0.04 + hump(hour, 7.2, 1.1) + 0.45 * hump(hour, 12, 2.8) + 0.9 * hump(hour, 17.2, 1.3));
    }

    private double dust(String source, Instant at) {
        double hour = hour(at);
        double size =
                14 + 8 * Draws.one(seed, source, WorkingCalendar.dateOf(at).toEpochDay());
        return size * (0.7 + 0.9 * hump(hour, 7.5, 1.6) + 0.8 * hump(hour, 18.5, 2));
    }

    /** Rain since the reading before, from showers that pass over the whole district a little earlier or later. */
    private double rain(String source, int cadenceSeconds, Instant at) {
        LocalDate date = WorkingCalendar.dateOf(at);
        double hour = hour(at) - 0.4 * Draws.one(seed, source, 1);
        double share = 0.4 + 0.9 * Draws.one(seed, source + "/rain", date.toEpochDay());
        SplittableRandom showers = Draws.stream(seed, "showers", date);
        double millimetresAnHour = 0;
        for (int shower = 0; shower < SHOWERS_A_DAY; shower++) {
            double peak = HEAVIEST_MM_AN_HOUR * Math.pow(showers.nextDouble(), 3);
            millimetresAnHour += peak * hump(hour, showers.nextDouble(HOURS_A_DAY), 0.2 + showers.nextDouble(0.5));
        }
        double tips = Math.floor(millimetresAnHour * share * cadenceSeconds / SECONDS_AN_HOUR / BUCKET_MM);
        return rounded(tips * BUCKET_MM, 10);
    }

    private double tide(String source, Instant at) {
        double delay = Draws.one(seed, source, 2);
        return wave(at.getEpochSecond() / SECONDS_AN_HOUR - delay, TIDE_HOURS);
    }

    /** A cosine wave, 1 at the start of each period. */
    private static double wave(double hours, double period) {
        return cos(2 * PI * hours / period);
    }

    /** A bell of height 1. */
    private static double hump(double hour, double middle, double width) {
        double distance = (hour - middle) / width;
        return Math.exp(-distance * distance);
    }

    private static double hour(Instant at) {
        return LocalDateTime.ofInstant(at, WorkingCalendar.ZONE).toLocalTime().toSecondOfDay() / SECONDS_AN_HOUR;
    }

    private static double rounded(double value, int steps) {
        return Math.round(value * steps) / (double) steps;
    }
}
