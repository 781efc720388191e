package vn.kydai.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was measured.
 *
 * @param problems what did not add up, was closed or failed; then the figures prove nothing
 */
public record Results(Machine machine, Plan plan, List<Measurement> measurements, List<String> problems) {
    public Results {
        measurements = List.copyOf(measurements);
        problems = List.copyOf(problems);
    }

    /** Returns whether there was no problem. */
    public boolean isWhole() {
        return problems.isEmpty();
    }

    /** Returns the spread over the rounds, by table, case and column, each in the order they were measured. */
    Map<String, Map<String, Map<String, Spread>>> spreads() {
        Map<String, Map<String, Map<String, List<Double>>>> values = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            Map<String, List<Double>> row = values.computeIfAbsent(measurement.table(), table -> new LinkedHashMap<>())
                    .computeIfAbsent(measurement.name(), name -> new LinkedHashMap<>());
            measurement
                    .figures()
                    .forEach((column, value) -> row.computeIfAbsent(column, none -> new ArrayList<>())
                            .add(value));
        }
        Map<String, Map<String, Map<String, Spread>>> spreads = new LinkedHashMap<>();
        values.forEach((table, rows) -> {
            Map<String, Map<String, Spread>> byName = new LinkedHashMap<>();
            rows.forEach((name, columns) -> byName.put(name, spread(columns)));
            spreads.put(table, byName);
        });
        return spreads;
    }

    private static Map<String, Spread> spread(Map<String, ? extends Collection<Double>> columns) {
        Map<String, Spread> spread = new LinkedHashMap<>();
        columns.forEach((column, values) -> spread.put(column, Spread.of(values)));
        return spread;
    }
}
