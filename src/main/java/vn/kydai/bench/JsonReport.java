package vn.kydai.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import vn.kydai.event.codec.Json;

/** The results as JSON: every round's figures, their spread, the machine. What could not be measured is null. */
public final class JsonReport {
    private JsonReport() {}

    /** Writes results, indented. */
    public static String of(Results results) {
        ObjectNode report = Json.MAPPER.createObjectNode();
        report.set("machine", machine(results.machine()));
        report.put("rounds", results.plan().rounds());
        report.put("seconds", results.plan().seconds());
        ArrayNode measurements = report.putArray("measurements");
        results.measurements().forEach(measurement -> {
            ObjectNode node = measurements
                    .addObject()
                    .put("table", measurement.table())
                    .put("case", measurement.name())
                    .put("round", measurement.round());
            ObjectNode figures = node.putObject("figures");
            measurement.figures().forEach((column, value) -> put(figures, column, value));
        });
        ArrayNode summary = report.putArray("summary");
        results.spreads()
                .forEach((table, cases) -> cases.forEach((name, columns) -> {
                    ObjectNode node = summary.addObject().put("table", table).put("case", name);
                    columns.forEach((column, spread) -> spread(node.withObjectProperty("figures"), column, spread));
                }));
        targets(report.putArray("targets"), results);
        ArrayNode problems = report.putArray("problems");
        results.problems().forEach(problems::add);
        return report.toPrettyString() + "\n";
    }

    private static ObjectNode machine(Machine machine) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("cpu", machine.cpu())
                .put("cores", machine.cores())
                .put("system", machine.system())
                .put("kernel", machine.kernel())
                .put("java", machine.java())
                .put("postgres", machine.postgres())
                .put("build", machine.build())
                .put("command", machine.command());
        put(node, "memoryGib", machine.memoryGib());
        return node;
    }

    private static void targets(ArrayNode targets, Results results) {
        Map<String, Map<String, Map<String, Spread>>> spreads = results.spreads();
        for (Target target : Target.all(results.plan())) {
            Spread measured = target.measured(spreads);
            ObjectNode node = targets.addObject()
                    .put("target", target.text())
                    .put("limit", target.limit())
                    .put("verdict", target.verdict(measured));
            spread(node, "measured", measured);
        }
    }

    private static void spread(ObjectNode node, String name, Spread spread) {
        ObjectNode values = node.putObject(name);
        put(values, "median", spread.median());
        put(values, "min", spread.min());
        put(values, "max", spread.max());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
