package vn.kydai.observe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of {@code docs/metrics.md}: one row a metric, grouped by stage. */
final class MetricsDocument {
    /** Metrics that the JVM or Vert.x register only when it first happens; a scrape may or may not have them. */
    static final List<String> MAY_BE_ABSENT = List.of("jvm_gc_", "vertx_http_server_errors", "vertx_http_client_");

    private static final String BEGINNING = """
            # Metrics

            `GET /metrics` on the management port, Prometheus text format. This page is generated from a running server:
            `mvn -q test-compile surefire:test -Dtest=MetricsDocumentTest -Dkydai.docs.update=true`; a test compares it with the code.

            Every series of ours is there from the start, at 0, with every value its labels can take: nothing that a stranger sends, no source,
            event or dossier, is ever a label. What belongs to one source is in the ledger. Histograms have fixed buckets (times: 1 ms to 10 s),
            and beside each a gauge `…_max`, the largest of the last two minutes. Dashboards and alerts: [operations.md](operations.md).
            """;

    private static final Map<String, String> GROUPS = groups();
    private static final Set<String> UNITS = Set.of(
            "seconds",
            "bytes",
            "events",
            "connections",
            "requests",
            "gaps",
            "positions",
            "dossiers",
            "years",
            "transitions",
            "reads",
            "streams",
            "sockets",
            "ticks",
            "patches",
            "snapshots",
            "characters",
            "replays",
            "alarms",
            "messages",
            "passwords");

    private MetricsDocument() {}

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("kydai_ingest_", "Ingest");
        groups.put("kydai_journal_", "Journal");
        groups.put("kydai_aggregate_", "Folds");
        groups.put("kydai_alarm_", "Alarms");
        groups.put("kydai_outbound_", "Telling outside");
        groups.put("kydai_wall_", "Wall");
        groups.put("kydai_report_", "Reading over HTTP");
        groups.put("kydai_http_", "The HTTP server");
        groups.put("kydai_access_", "Sign-in");
        groups.put("kydai_", "The process");
        groups.put("vertx_", "Vert.x, the PostgreSQL pool (pool_type=\"sql\") among it");
        groups.put("netty_", "Netty");
        groups.put("", "JVM and machine");
        return groups;
    }

    /** Returns the rows of a scrape, by metric. */
    static SortedMap<String, String> rows(Exposition scraped) {
        SortedMap<String, String> rows = new TreeMap<>();
        scraped.families().values().forEach(family -> rows.put(family.name(), row(family)));
        return rows;
    }

    /** Returns the rows of the document's text, by metric. */
    static SortedMap<String, String> rows(String document) {
        SortedMap<String, String> rows = new TreeMap<>();
        document.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> rows.put(line.substring(3, line.indexOf('`', 3)), line));
        return rows;
    }

    /** Returns the whole text. */
    static String text(SortedMap<String, String> rows) {
        StringBuilder text = new StringBuilder(BEGINNING);
        SortedMap<String, String> left = new TreeMap<>(rows);
        GROUPS.forEach((prefix, title) -> {
            text.append("\n## ")
                    .append(title)
                    .append("\n\n| metric | type | unit | labels | what it tells |\n|---|---|---|---|---|\n");
            Map<String, String> group = left.entrySet().stream()
                    .filter(row -> row.getKey().startsWith(prefix))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
            group.values().forEach(row -> text.append(row).append('\n'));
            left.keySet().removeAll(group.keySet());
        });
        return text.toString();
    }

    private static String row(Exposition.Family family) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        family.name(),
                        family.type(),
                        unit(family),
                        labels(family),
                        family.help().replace("|", "\\|"));
    }

    private static String unit(Exposition.Family family) {
        String name = family.name().replaceFirst("_total$", "");
        String last = name.substring(name.lastIndexOf('_') + 1);
        return UNITS.contains(last) ? last : "";
    }

    /** Of our own labels the values too: they are fixed in the code. */
    private static String labels(Exposition.Family family) {
        return family.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("le"))
                .map(label -> "`" + label.getKey() + "`" + (family.isOurs() ? ": " + values(label.getValue()) : ""))
                .collect(Collectors.joining("; "));
    }

    private static String values(Collection<String> values) {
        return String.join(", ", values);
    }
}
