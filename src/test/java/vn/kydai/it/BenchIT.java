package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;
import vn.kydai.event.codec.Json;

/** The benchmark itself, as small as it goes: what it measures here means nothing, that it measures does. */
@UnderLoad
class BenchIT {
    private static final Set<String> MAY_BE_ABSENT = Set.of("first cut s", "last cut s");

    @TempDir
    private Path out;

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aSmallRunExitsWithoutAProblemAndItsTwoReportsAgree() throws Exception {
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        System.getProperty("kydai.jar", "target/kydai.jar"),
                        "bench",
                        "--rounds=1",
                        "--seconds=2.5",
                        "--cases=startup,alarms,walls,growth",
                        "--clients=5",
                        "--walls=10",
                        "--growth=1000",
                        "--out=" + out)
                .redirectOutput(out.resolve("bench.out").toFile())
                .redirectError(out.resolve("bench.log").toFile())
                .start();
        try {
            assertEquals(0, bench.waitFor(), this::log);
        } finally {
            bench.destroy();
        }
        String printed = Files.readString(out.resolve("bench.out"));
        assertEquals(Files.readString(out.resolve("bench.md")), printed);
        JsonNode report = Json.MAPPER.readTree(out.resolve("bench.json").toFile());
        assertEquals(List.of(), strings(report.get("problems")));
        Set<String> tables = new TreeSet<>();
        for (JsonNode measurement : report.get("measurements")) {
            tables.add(measurement.get("table").asText());
            assertTrue(printed.contains("| " + measurement.get("case").asText() + " |"), measurement::toString);
            measurement.get("figures").fields().forEachRemaining(figure -> {
                assertTrue(printed.contains(" " + figure.getKey() + " |"), figure::getKey);
                assertTrue(
                        figure.getValue().isNumber() || MAY_BE_ABSENT.contains(figure.getKey()),
                        () -> figure + " of " + measurement);
            });
        }
        assertEquals(
                1,
                report.get("measurements")
                        .findValue("of those closed with 4008")
                        .asInt(),
                "one of ten is silent");
        assertTrue(report.get("measurements").findValue("alarms raised").asInt() > 0, printed);
        assertTrue(printed.contains("| external PostgreSQL, with an AOT cache |"), printed);
        assertEquals(7, tables.size(), tables::toString);
        assertFalse(report.at("/machine/cpu").asText().isEmpty());
    }

    private String log() {
        try {
            return Files.readString(out.resolve("bench.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
