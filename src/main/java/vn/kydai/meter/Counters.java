package vn.kydai.meter;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;

/** One counter for each combination of label values; all of them are registered. Thread-safe. */
public final class Counters {
    private final Map<List<String>, Counter> byValues;

    Counters(Map<List<String>, Counter> byValues) {
        this.byValues = Map.copyOf(byValues);
    }

    /**
     * Returns the counter of some label values, in the order of the labels. Whoever counts every event keeps it.
     *
     * @throws IllegalArgumentException when a value is not declared
     */
    public Counter of(String... values) {
        Counter counter = byValues.get(List.of(values));
        if (counter == null) {
            throw new IllegalArgumentException("not declared: " + List.of(values));
        }
        return counter;
    }
}
