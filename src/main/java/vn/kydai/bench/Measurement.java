package vn.kydai.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one case gave in one round.
 *
 * @param table title of the table it belongs to
 * @param name of the case, unique in its table
 * @param round from 1
 * @param figures by column, in order; not a number = could not be measured
 */
public record Measurement(String table, String name, int round, Map<String, Double> figures) {
    public Measurement {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
