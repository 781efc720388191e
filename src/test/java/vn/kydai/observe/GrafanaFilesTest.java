package vn.kydai.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.kydai.event.codec.Json;
import vn.kydai.observe.Dashboards.Panel;

class GrafanaFilesTest {
    private static final Pattern ALERT_HEADING = Pattern.compile("(?m)^### (Kydai\\w+)$");

    @Test
    void everyPanelHasATitleInBothLanguagesAndAUnit() {
        List<String> odd = Dashboards.all().stream()
                .filter(panel -> !panel.title().contains(" · ")
                        || panel.unit().isEmpty()
                        || panel.queries().isEmpty())
                .map(Panel::title)
                .toList();

        assertEquals(List.of(), odd);
    }

    @Test
    void everyUnitSuitsTheMetricsItIsShownWith() {
        List<String> complaints = Dashboards.ofPrometheus().stream()
                .flatMap(panel -> panel.queries().stream().map(query -> Units.complaint(panel.unit(), query.text())))
                .flatMap(Optional::stream)
                .toList();

        assertEquals(List.of(), complaints);
    }

    @Test
    void everyPanelAsksAProvisionedSource() throws IOException {
        String provisioned = Files.readString(Path.of("grafana/provisioning/datasources/kydai.yaml"));
        try (Stream<Path> files = Files.list(Dashboards.DIRECTORY)) {
            for (Path file : files.toList()) {
                Set<Integer> ids = new HashSet<>();
                for (JsonNode panel :
                        Json.MAPPER.readTree(Files.readString(file)).get("panels")) {
                    assertTrue(ids.add(panel.get("id").asInt()), () -> file + " uses an id twice");
                    String uid = panel.at("/datasource/uid").asText();
                    String type = panel.at("/datasource/type").asText();
                    assertTrue(provisioned.contains("uid: " + uid + "\n    type: " + type + "\n"), uid);
                }
            }
        }
    }

    @Test
    void everyAlertSaysWhatItMeansAndWhatToDo() throws IOException {
        Set<String> explained = ALERT_HEADING
                .matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .map(heading -> heading.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        for (Rules.Rule rule : Rules.all()) {
            assertEquals(
                    "docs/operations.md#" + rule.name().toLowerCase(Locale.ROOT),
                    rule.annotations().get("runbook"));
            assertTrue(Set.of("critical", "warning").contains(rule.annotations().get("severity")), rule::name);
            assertTrue(rule.annotations().containsKey("summary"), rule::name);
            assertTrue(rule.annotations().containsKey("description"), rule::name);
        }
        assertEquals(
                Rules.all().stream().map(Rules.Rule::name).collect(Collectors.toCollection(TreeSet::new)), explained);
    }
}
