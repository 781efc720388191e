package vn.kydai.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.kydai.config.SettingKeys.Setting;

/** {@code config/kydai.yaml} lists every key with its default, unit and comment. */
class SettingsFileTest {
    private static final Path FILE = Path.of("config", SettingsReader.FILE);

    private static final String HEADER = """
            # Every setting with its default; what is left out keeps it. Each can be overridden by an environment variable: KYDAI_ and
            # the key, dots and humps as _ (wall.tickMs is KYDAI_WALL_TICK_MS). docs/configuration.md says more.
            """;

    @Test
    void theFileIsExactlyTheKeysWithTheirDefaults() throws IOException {
        assertEquals(expectedText(), Files.readString(FILE));
    }

    @Test
    void theFileReadsAsTheDefaults() {
        assertEquals(Settings.DEFAULTS, SettingsReader.read(Path.of("config"), Map.of()));
    }

    @Test
    void variablesAreNamedByDotsAndHumps() {
        Map<String, String> names =
                SettingKeys.ALL.stream().collect(Collectors.toMap(Setting::path, Setting::variable));
        assertEquals("KYDAI_WALL_TICK_MS", names.get("wall.tickMs"));
        assertEquals("KYDAI_HTTP_PORT", names.get("http.port"));
        assertEquals("KYDAI_INGEST_MQTT_WEB_SOCKET_PORT", names.get("ingest.mqtt.webSocketPort"));
        assertEquals("KYDAI_DATABASE_URI", names.get("database.uri"));
        assertEquals(names.size(), Set.copyOf(names.values()).size());
    }

    @Test
    void theKeysOthersRelyOnAreThere() {
        Set<String> paths = SettingKeys.ALL.stream().map(Setting::path).collect(Collectors.toSet());
        assertTrue(paths.containsAll(List.of(
                "http.host",
                "http.port",
                "ingest.mqtt.host",
                "ingest.mqtt.port",
                "ingest.mqtt.mode",
                "management.port",
                "database.uri",
                "wall.tickMs")));
    }

    private static String expectedText() {
        StringBuilder text = new StringBuilder(HEADER);
        List<String> before = List.of();
        for (Setting setting : SettingKeys.ALL) {
            List<String> path = List.of(setting.path().split("\\.", -1));
            List<String> sections = path.subList(0, path.size() - 1);
            for (int depth = 0; depth < sections.size(); depth++) {
                if (depth >= before.size() || !sections.subList(0, depth + 1).equals(before.subList(0, depth + 1))) {
                    text.append(depth == 0 ? "\n" : "")
                            .append("  ".repeat(depth))
                            .append(sections.get(depth))
                            .append(":\n");
                }
            }
            before = sections;
            String unit = setting.key().unit().isEmpty() ? "" : setting.key().unit() + ": ";
            String value = setting.defaultValue().equals("")
                    ? "\"\""
                    : setting.defaultValue().toString();
            text.append("  ".repeat(sections.size()))
                    .append(path.get(path.size() - 1))
                    .append(": ")
                    .append(value)
                    .append(" # ")
                    .append(unit)
                    .append(setting.key().value())
                    .append('\n');
        }
        return text.toString();
    }
}
