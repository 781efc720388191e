package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;
import vn.kydai.event.codec.Json;

/**
 * What is admitted can be read, folded, shown, verified, exported and sent again for ever: events of every kind with every
 * extreme go into the built jar, which is killed on the way, and everything that reads them says the same afterwards.
 * {@code -Dkydai.events=1000000} for more of them, {@code -Dkydai.seed=} for the same ones.
 */
@UnderLoad
class GeneratedEventsIT {
    private static final int EVENTS = Integer.getInteger("kydai.events", 100_000);
    private static final int BATCH = 1_000;
    private static final Set<String> REASONS =
            Set.of("schema", "unknown_field", "future", "unknown_metric", "not_entitled", "type_mismatch", "too_large");

    private static final List<String> READ = List.of(
            "/api/v1/reports/dossiers?area=477&period=2026",
            "/api/v1/reports/dossiers?area=477&period=1970",
            "/api/v1/reports/dossiers?area=477&period=1975",
            "/api/v1/reports/ii06a?area=477&period=2026",
            "/api/v1/reports/index766?area=477&period=2026",
            "/api/v1/reports/queue?area=477&period=2026&by=counter",
            "/api/v1/series?figure=received&area=19867&step=1y&from=1970-01-01",
            "/api/v1/series?figure=received&area=19867&step=1h&from=1975-06-12&to=1975-06-14",
            "/api/v1/series?figure=processing&area=19867&step=1M&from=1970-01-01",
            "/api/v1/series?figure=water_level&area=sensor-generated&step=1d&from=2024-01-01",
            "/api/v1/series?figure=rain&area=sensor-generated&step=1y&from=1970-01-01",
            "/api/v1/areas/477/wall?at=1975-06-12T16:30:00Z&known=now",
            "/api/v1/areas/477/wall?at=2024-12-31T17:00:00Z&known=now",
            "/api/v1/dossiers?area=477&limit=1000");

    @TempDir
    private Path data = Path.of("target");

    @TempDir
    private Path other = Path.of("target");

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void whatIsAdmittedIsReadTheSameForEverHereAndWhereItIsSentTo() throws Exception {
        // Given
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the generated events: " + seed);
        Instant now = Clock.systemUTC().instant();
        try (GeneratedCentre centre = new GeneratedCentre(data, seed, now)) {
            centre.server.set("KYDAI_AGGREGATE_CHECKPOINT_SECONDS", "2");
            centre.server.start();
            centre.gate.open();
            send(centre, EVENTS / 2);
            centre.killAndStart();
            send(centre, EVENTS / 2);
            JsonNode last = centre.checkpointed();
            said("sent");
            Answers before = Answers.of(centre, last);

            // When
            centre.server.sql("delete from checkpoint");
            centre.killAndStart();

            // Then
            assertTrue(centre.checkpointed().path("position").asLong()
                    >= last.path("position").asLong());
            said("folded anew");
            Answers after = Answers.of(centre, last);
            assertEquals(last, centre.fold(last), "the wall is the fold of its own moment");
            before.assertSameAs(after);
            centre.assertJournaledOnce();
            centre.assertLedgerAddsUp();
            centre.assertRefusedForAReason();
            Set<String> reasons = new TreeSet<>();
            centre.senders.forEach(sender -> reasons.addAll(sender.reasons()));
            assertEquals(REASONS, reasons);
            ServerProcess.Result verified = centre.server.run("verify");
            assertEquals(0, verified.exitCode(), verified.output());
            said("verified");
            assertSentOn(centre, seed, now);
        }
    }

    private static void send(GeneratedCentre centre, int count) throws Exception {
        try (ClientThreads threads = new ClientThreads()) {
            List<Future<?>> sending = new ArrayList<>();
            for (GeneratedSource sender : centre.sources) {
                sending.add(threads.submit(() -> {
                    for (int sent = 0; sent < count / centre.sources.size(); sent += BATCH) {
                        sender.send(BATCH, centre.gate);
                    }
                    return null;
                }));
            }
            for (Future<?> client : sending) {
                client.get();
            }
        }
    }

    /** What is exported and played into an empty centre, and into the same one, is the same there. */
    private void assertSentOn(GeneratedCentre centre, long seed, Instant now) throws Exception {
        Path exported = export(centre, data.resolve("exported.ndjson"));
        Path tokens = tokens(centre);
        Played again = play(centre, exported, tokens);
        assertEquals(0, again.committed(), again.output());
        assertEquals(
                withoutTime(exported),
                centre.get("/api/v1/ledger").at("/total/conflict").asLong(),
                "an event that came without a time says one when it comes back");
        said("played into the same centre");
        try (GeneratedCentre empty = new GeneratedCentre(other, seed, now)) {
            empty.server.set("KYDAI_AGGREGATE_CHECKPOINT_SECONDS", "2");
            empty.server.start();
            empty.gate.open();
            Played played = play(empty, exported, tokens(empty));
            assertEquals(0, played.exitCode(), played.output());
            assertTrue(empty.checkpointed().path("position").asLong() > 0);
            said("played into an empty one");
            List<String> copied = Files.readAllLines(export(empty, other.resolve("exported.ndjson")));
            assertEquals(bare(Files.readAllLines(exported)), bare(copied));
            ServerProcess.Result verified = empty.server.run("verify");
            assertEquals(0, verified.exitCode(), verified.output());
            said("compared");
        }
    }

    private static long withoutTime(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("\"timeassumed\":true")).count();
        }
    }

    private record Played(int exitCode, long committed, String output) {}

    private static Played play(GeneratedCentre centre, Path file, Path tokens) throws Exception {
        ServerProcess.Result result = centre.server.run(
                "simulate",
                "--play",
                file.toString(),
                "--via",
                "http",
                "--tokens",
                tokens.toString(),
                "--gateway",
                GeneratedCentre.GATEWAY,
                "--http",
                centre.server.http("").toString());
        long committed = result.output()
                .lines()
                .filter(line -> line.strip().startsWith("committed"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
        return new Played(result.exitCode(), committed, result.output());
    }

    /** Exports what the generated sources sent, and nothing of the product's own. */
    private static Path export(GeneratedCentre centre, Path file) throws Exception {
        Path token = Files.writeString(file.resolveSibling("reader.token"), centre.reader());
        ServerProcess.Result result = centre.server.run(
                "export",
                "--url",
                centre.server.http("").toString(),
                "--token-file",
                token.toString(),
                "--out",
                file.toString());
        assertEquals(0, result.exitCode(), result.output());
        List<String> ours;
        try (Stream<String> lines = Files.lines(file)) {
            ours = lines.filter(line -> line.contains("-generated\"")).toList();
        }
        return Files.write(file, ours);
    }

    private static Path tokens(GeneratedCentre centre) throws IOException {
        ObjectNode tokens = Json.MAPPER.createObjectNode();
        centre.tokens.forEach(tokens::put);
        return Files.writeString(Files.createTempFile("tokens", ".json"), Json.text(tokens));
    }

    /** Without what the journal it stands in gives an event. */
    private static List<String> bare(List<String> lines) throws IOException {
        List<String> bare = new ArrayList<>();
        for (String line : lines) {
            ObjectNode event = (ObjectNode) Json.stored(line);
            event.remove(List.of("position", "ingesttime", "timeassumed"));
            bare.add(event.toString());
        }
        bare.sort(null);
        return bare;
    }

    private static Map<String, String> answers(GeneratedCentre centre) throws Exception {
        Map<String, String> answers = new TreeMap<>();
        for (String path : READ) {
            String answer = centre.get(path).toString();
            answers.put(path, answer.replaceAll("\"(at|asOf|to|from|position)\":\"[^\"]*\"", ""));
        }
        return answers;
    }

    /** Everything that reads the journal or what is made of it. */
    private record Answers(
            Map<String, String> reports, String past, List<String> events, List<String> rollups, String history) {
        static Answers of(GeneratedCentre centre, JsonNode last) throws Exception {
            return new Answers(
                    answers(centre),
                    centre.fold(last).toString(),
                    events(centre),
                    centre.server.sql("select rollup::text from rollup where width <> '1m'"
                            + " order by figure, area, width, window_start"),
                    centre.get("/api/v1/alarms/history?area=477&from="
                                    + Instant.parse(last.path("at").asText()).minus(Duration.ofDays(90)) + "&to="
                                    + last.path("at").asText())
                            .path("events")
                            .toString());
        }

        private static List<String> events(GeneratedCentre centre) throws Exception {
            List<String> found = new ArrayList<>();
            for (String after = ""; ; ) {
                JsonNode page = centre.get("/api/v1/events?limit=1000" + after);
                if (page.path("events").isEmpty()) {
                    return found;
                }
                page.path("events").forEach(event -> {
                    if (event.path("source").asText().endsWith("-generated")) {
                        found.add(event.toString());
                    }
                });
                after = "&after=" + page.path("next").asText();
            }
        }

        void assertSameAs(Answers other) {
            assertAll(
                    () -> assertEquals(past, other.past, "the fold of a past moment"),
                    () -> assertEquals(events, other.events, "events"),
                    () -> assertEquals(history, other.history, "the history of alarms"),
                    () -> assertEquals(differing(rollups, other.rollups), differing(other.rollups, rollups), "rollups"),
                    () -> assertSame(reports, other.reports));
            assertTrue(events.size() > EVENTS / 2, () -> events.size() + " events");
        }

        private static List<String> differing(List<String> some, List<String> others) {
            Set<String> known = Set.copyOf(others);
            return some.stream().filter(row -> !known.contains(row)).limit(5).toList();
        }
    }

    /** Says of an answer that differs where it does. */
    private static void assertSame(Map<String, String> before, Map<String, String> after) {
        before.forEach((path, one) -> {
            String another = after.getOrDefault(path, "");
            int same = 0;
            while (same < Math.min(one.length(), another.length()) && one.charAt(same) == another.charAt(same)) {
                same++;
            }
            int from = Math.max(0, same - 300);
            assertEquals(
                    one.substring(from, Math.min(one.length(), same + 200)),
                    another.substring(from, Math.min(another.length(), same + 200)),
                    path);
        });
    }

    private static void said(String what) {
        System.out.println(Clock.systemUTC().instant() + " " + what);
    }
}
