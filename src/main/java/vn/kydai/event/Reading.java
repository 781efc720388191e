package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One value of one metric of a device.
 *
 * @param metric what was measured: {@code water_level}, {@code pm25}, …
 * @param value the value in {@code unit}
 * @param unit UCUM code
 * @param quality what the device itself says of the value
 */
public record Reading(
        String metric, double value, String unit, @Nullable Quality quality) implements Data {
    /** Metric of a siren's answer to an order: how many blasts it has sounded, 0 when it did not sound. */
    public static final String SIREN = "siren";

    /** Quality a device may state (after the IODE primary scheme). */
    public enum Quality {
        GOOD,
        SUSPECT,
        BAD
    }

    public Reading {
        requireNonNull(metric, "metric is null");
        requireNonNull(unit, "unit is null");
    }

    @Override
    public Kind kind() {
        return Kind.READING;
    }
}
