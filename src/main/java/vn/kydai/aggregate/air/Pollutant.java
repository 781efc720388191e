package vn.kydai.aggregate.air;

import java.util.Locale;
import java.util.Optional;

/** What the index is made of. Of equal sub-indices the first in this order is the dominant one. */
public enum Pollutant {
    PM25,
    PM10,
    O3,
    NO2,
    SO2,
    CO;

    /** Finds the pollutant that a metric measures, in µg/m³. */
    public static Optional<Pollutant> of(String metric) {
        for (Pollutant pollutant : values()) {
            if (pollutant.metric().equals(metric)) {
                return Optional.of(pollutant);
            }
        }
        return Optional.empty();
    }

    /** Returns the id of its metric: {@code pm25}, {@code o3} … */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether it is dust: without dust there is no index. */
    public boolean isDust() {
        return this == PM25 || this == PM10;
    }
}
