package vn.kydai.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vn.kydai.event.codec.Json;

/** The Grafana dashboards of the repository. */
public final class Dashboards {
    static final Path DIRECTORY = Path.of("grafana/dashboards");
    private static final String PROMETHEUS = "prometheus";

    private Dashboards() {}

    /**
     * One panel.
     *
     * @param unit Grafana's id of the unit its values have
     * @param source type of the data source
     */
    public record Panel(String dashboard, String title, String unit, String source, List<Query> queries) {
        boolean isOfPrometheus() {
            return source.equals(PROMETHEUS);
        }

        /** Returns the same panel with other queries. */
        Panel asking(List<Query> others) {
            return new Panel(dashboard, title, unit, source, others);
        }
    }

    /**
     * What a panel asks.
     *
     * @param text PromQL or SQL, with Grafana's macros
     * @param format {@code time_series} or {@code table} for SQL, empty for PromQL
     */
    public record Query(String text, String format) {}

    static List<Panel> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Panel> panels = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                JsonNode dashboard = Json.MAPPER.readTree(Files.readString(file));
                dashboard.get("panels").forEach(panel -> panels.add(panel(dashboard, panel)));
            }
            return panels;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the panels that ask Prometheus. */
    public static List<Panel> ofPrometheus() {
        return all().stream().filter(Panel::isOfPrometheus).toList();
    }

    /** Returns the panels that ask PostgreSQL. */
    public static List<Panel> ofPostgres() {
        return all().stream().filter(panel -> !panel.isOfPrometheus()).toList();
    }

    private static Panel panel(JsonNode dashboard, JsonNode panel) {
        List<Query> queries = new ArrayList<>();
        panel.get("targets")
                .forEach(target -> queries.add(new Query(
                        target.has("expr")
                                ? target.get("expr").asText()
                                : target.get("rawSql").asText(),
                        target.path("format").asText())));
        return new Panel(
                dashboard.get("title").asText(),
                panel.get("title").asText(),
                panel.at("/fieldConfig/defaults/unit").asText(),
                panel.at("/datasource/type").asText(),
                queries);
    }
}
