package vn.kydai.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.kydai.config.SettingKeys.Setting;

class SettingsReaderTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void withoutFileAndEnvironmentTheDefaultsHold() {
        assertEquals(Settings.DEFAULTS, SettingsReader.read(directory, Map.of("PATH", "/bin", "HOME", "/root")));
    }

    @Test
    void anEmptyFileAndAnEmptySectionKeepTheDefaults() {
        assertEquals(Settings.DEFAULTS, read("# nothing\n"));
        assertEquals(Settings.DEFAULTS, read("wall:\nhttp:\n  port: 8080\n"));
    }

    @ParameterizedTest
    @MethodSource("keysWithAnotherValue")
    void aKeyIsTakenFromTheFile(Setting setting) {
        Map<String, Object> changed = changed(setting);
        assertEquals(SettingKeys.build(changed), read(yaml(changed)));
        assertNotEquals(Settings.DEFAULTS, SettingKeys.build(changed));
    }

    @ParameterizedTest
    @MethodSource("keysWithAnotherValue")
    void aKeyIsTakenFromTheEnvironmentWhichWinsOverTheFile(Setting setting) {
        // Given
        Map<String, Object> changed = changed(setting);
        Map<String, Object> inFile = new TreeMap<>(changed);
        inFile.put(setting.path(), setting.defaultValue());
        // When
        Settings settings = SettingsReader.read(
                Optional.of(YamlFile.of("kydai.yaml", yaml(inFile))),
                Map.of(setting.variable(), otherValue(setting).toString()));
        // Then
        assertEquals(SettingKeys.build(changed), settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "wall: {tickMs: 5}|kydai.yaml:1 wall.tickMs: found 5; allowed: a whole number from 20 to 2147483647 (ms)",
                "wall: {tickMs: 200.5}|kydai.yaml:1 wall.tickMs: found 200.5; allowed: a whole number from 20 to 2147483647 (ms)",
                "wall: {tickMs: soon}|kydai.yaml:1 wall.tickMs: found \"soon\"; allowed: a whole number from 20 to 2147483647 (ms)",
                "http: {port: 65536}|kydai.yaml:1 http.port: found 65536; allowed: a whole number from 0 to 65535",
                "http: {port: }|kydai.yaml:1 http.port: found null; allowed: a whole number from 0 to 65535",
                "http: {host: 7}|kydai.yaml:1 http.host: found 7; allowed: text, not empty",
                "http: {host: \"\"}|kydai.yaml:1 http.host: found \"\"; allowed: text, not empty",
                "http: 8080|kydai.yaml:1 http: found 8080; allowed: keys below it",
                "[1, 2]|kydai.yaml:1: found [1,2]; allowed: keys below it",
                "ingest: {mqtt: {mode: broker}}|kydai.yaml:1 ingest.mqtt.mode: found \"broker\", which is not built yet; allowed: embedded",
                "outbound: {cap: {status: actual}}|kydai.yaml:1 outbound.cap.status: found \"actual\" (nearest known: Actual); allowed: Actual, Exercise, Test",
                "outbound: {cap: {scope: Private}}|kydai.yaml:1 outbound.cap.scope: found \"Private\"; allowed: Public, Restricted",
                "outbound: {cap: {sender: a b}}|kydai.yaml:1 outbound.cap.sender: found \"a b\"; allowed: text, not empty, without any of \" ,<&\"",
                "ingest: {mqtt: {mode: embeded}}|kydai.yaml:1 ingest.mqtt.mode: found \"embeded\" (nearest known: embedded); allowed: embedded"
            })
    void aBadValueIsNamedWithFileLineAndKey(String yaml, String problem) {
        assertEquals(List.of(problem), problems(yaml, Map.of()));
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestKnownOne() {
        String yaml = "http:\n  port: 1\nwall:\n  heartbeatMs: 500\n  tikMs: 200\nwal:\n  tickMs: 1\n";
        assertEquals(
                List.of(
                        "kydai.yaml:5 wall.tikMs: unknown key (nearest known: wall.tickMs); allowed: heartbeatMs,"
                                + " maxReplays, maxSockets, resumeTicks, stallMs, tickMs",
                        "kydai.yaml:6 wal: unknown key (nearest known: wall); allowed: aggregate, database, demo, http, ingest,"
                                + " journal, management, outbound, report, wall"),
                problems(yaml, Map.of()));
    }

    @Test
    void aBadVariableIsNamed() {
        assertEquals(
                List.of(
                        "environment variable KYDAI_HTTP_PORT (http.port): found \"eighty\"; allowed: a whole number"
                                + " from 0 to 65535",
                        "environment variable KYDAI_WALL_TICKMS: unknown key (nearest known: KYDAI_WALL_TICK_MS);"
                                + " allowed: a key of kydai.yaml with KYDAI_ before it, dots and humps as _"),
                problems("", Map.of("KYDAI_WALL_TICKMS", "1", "KYDAI_HTTP_PORT", "eighty")));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        List<String> problems = problems("wall: {tickMs: 1}\nhttp:\n  port: -1\n", Map.of("KYDAI_DEMO_SPEED", "0"));
        assertEquals(3, problems.size(), problems::toString);
    }

    @Test
    void aValueThatMayHoldAPasswordIsNotShown() {
        List<String> problems = problems("database:\n  uri: mysql://root:hunter2@db/kydai\n", Map.of());
        assertFalse(problems.toString().contains("hunter2"), problems::toString);
        assertTrue(problems.get(0).startsWith("kydai.yaml:2 database.uri: "), problems::toString);
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        assertEquals(
                List.of("ingest.mqtt.tlsCertificate, ingest.mqtt.tlsKey: found one of them; allowed: both, or neither"
                        + " for no TLS"),
                problems("ingest: {mqtt: {tlsCertificate: cert.pem}}", Map.of()));
    }

    private static Settings read(String yaml) {
        return SettingsReader.read(Optional.of(YamlFile.of("kydai.yaml", yaml)), Map.of());
    }

    private static List<String> problems(String yaml, Map<String, String> environment) {
        return assertThrows(
                        ConfigurationException.class,
                        () -> SettingsReader.read(Optional.of(YamlFile.of("kydai.yaml", yaml)), environment))
                .problems();
    }

    /** All but the keys with one allowed word. */
    static List<Setting> keysWithAnotherValue() {
        return SettingKeys.ALL.stream()
                .filter(setting -> setting.key().allowed().length != 1)
                .toList();
    }

    /** Another value than the default; half of a pair gets its other half. */
    private static Map<String, Object> changed(Setting setting) {
        Map<String, Object> changed = new TreeMap<>(Map.of(setting.path(), otherValue(setting)));
        if (setting.path().endsWith(".tlsKey") || setting.path().endsWith(".tlsCertificate")) {
            changed.putIfAbsent(setting.path().replace("tlsKey", "tlsCertificate"), "half");
            changed.putIfAbsent(setting.path().replace("tlsCertificate", "tlsKey"), "half");
        }
        return changed;
    }

    private static Object otherValue(Setting setting) {
        if (setting.key().allowed().length > 1) {
            return Arrays.stream(setting.key().allowed())
                    .filter(word -> !word.equals(setting.defaultValue()))
                    .findFirst()
                    .orElseThrow();
        }
        if (setting.type() == String.class) {
            return setting.key().beginsWith().length == 0
                    ? "other"
                    : setting.key().beginsWith()[0] + "other";
        }
        long changed = ((Number) setting.defaultValue()).longValue() + 1;
        return setting.type() == int.class ? (Object) (int) changed : (Object) changed;
    }

    /** Writes keys of one section. */
    private static String yaml(Map<String, Object> values) {
        StringBuilder yaml = new StringBuilder();
        List<String> sections = List.of();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            List<String> path = List.of(entry.getKey().split("\\.", -1));
            if (sections.isEmpty()) {
                sections = path.subList(0, path.size() - 1);
                for (int depth = 0; depth < sections.size(); depth++) {
                    yaml.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
                }
            }
            String value =
                    entry.getValue().equals("") ? "\"\"" : entry.getValue().toString();
            yaml.append("  ".repeat(sections.size()))
                    .append(path.get(path.size() - 1))
                    .append(": ")
                    .append(value)
                    .append('\n');
        }
        return yaml.toString();
    }
}
