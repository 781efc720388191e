package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import vn.kydai.it.GeneratedEvents.Sender;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.transfer.ReadingSheet;
import vn.kydai.transfer.TicketSheet;

/** A server process with the sources that send generated events, and what its answers must be. */
final class GeneratedCentre implements AutoCloseable {
    static final String SENSOR = "sensor-generated";
    static final String GATEWAY = "gateway-generated";

    private static final String AREA = "19867";
    private static final String DESK = "desk-generated";
    private static final String OFFICE = "office-generated";
    private static final String KIOSK = "kiosk-generated";
    private static final String GAUGE = "gauge-generated";
    private static final String BEHIND = "behind-generated";
    private static final String STATION = "station-generated";
    private static final String QUEUE = "queue-generated";

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final long SETTLED_NS = TimeUnit.MINUTES.toNanos(20);

    final ServerProcess server;
    final List<GeneratedSender> senders = new ArrayList<>();
    final List<GeneratedSource> sources = new ArrayList<>();
    final Map<String, String> tokens = new TreeMap<>();
    final Gate gate = new Gate();

    private final LocalDate began;
    private final String reader;

    /** Registers who sends: by HTTP, by MQTT 5 and 3.1.1, through a gateway, and as files. */
    GeneratedCentre(Path data, long seed, Instant now) throws Exception {
        began = now.atZone(ZONE).toLocalDate();
        TestTokens registered = TestTokens.registerAll(
                data,
                List.of(
                        new Addition(DESK, AREA, SourceKind.DESK, null, null),
                        new Addition(OFFICE, "477", SourceKind.DESK, null, null),
                        new Addition(SENSOR, AREA, SourceKind.SENSOR, null, null),
                        new Addition(KIOSK, AREA, SourceKind.DESK, null, null),
                        new Addition(GAUGE, AREA, SourceKind.SENSOR, null, null),
                        new Addition(GATEWAY, AREA, SourceKind.GATEWAY, null, null),
                        new Addition(BEHIND, AREA, SourceKind.SENSOR, GATEWAY, null),
                        new Addition(STATION, AREA, SourceKind.SENSOR, null, null),
                        new Addition(QUEUE, AREA, SourceKind.DESK, null, null)));
        tokens.putAll(registered.devices());
        reader = registered.reader();
        server = new ServerProcess(data);
        add(DESK, Sender.DESK, http(DESK), new GeneratedEvents(seed, now, "D01"));
        add(OFFICE, Sender.DESK, http(OFFICE), new GeneratedEvents(seed + 1, now, "Q02"));
        add(SENSOR, Sender.SENSOR, http(SENSOR), new GeneratedEvents(seed + 2, now, "S03"));
        add(KIOSK, Sender.DESK, mqtt(5, KIOSK, KIOSK), new GeneratedEvents(seed + 3, now, "K04"));
        add(GAUGE, Sender.SENSOR, mqtt(4, GAUGE, GAUGE), new GeneratedEvents(seed + 4, now, "G05"));
        add(BEHIND, Sender.SENSOR, mqtt(5, GATEWAY, BEHIND), new GeneratedEvents(seed + 5, now, "B06"));
        sources.addAll(senders);
        sources.add(csv(STATION, new GeneratedRows(new ReadingSheet(), seed + 6, now, "R07"), data));
        sources.add(csv(QUEUE, new GeneratedRows(new TicketSheet(), seed + 7, now, "T08"), data));
    }

    private void add(String source, Sender kind, GeneratedSender.Way way, GeneratedEvents events) {
        senders.add(new GeneratedSender(source, kind, way, events));
    }

    private GeneratedHttp http(String source) {
        return new GeneratedHttp(server.http(""), tokens.getOrDefault(source, ""));
    }

    private GeneratedMqtt mqtt(int version, String user, String source) {
        return new GeneratedMqtt(server.mqttPort(), version, user, tokens.getOrDefault(user, ""), AREA, source);
    }

    private GeneratedCsv csv(String source, GeneratedRows rows, Path directory) {
        return new GeneratedCsv(server.http(""), source, tokens.getOrDefault(source, ""), rows, directory);
    }

    String reader() {
        return reader;
    }

    JsonNode get(String path) throws Exception {
        try (Api api = new Api(server, reader)) {
            return api.get(path);
        }
    }

    /** Kills everything at once, and is ready again when it returns. */
    void killAndStart() throws Exception {
        gate.close();
        server.killAll();
        server.start();
        gate.open();
    }

    /** Returns a frame of the wall as it is now. */
    JsonNode wall() throws Exception {
        return get("/api/v1/areas/477/wall");
    }

    /** Folds from the beginning what a frame had folded. */
    JsonNode fold(JsonNode frame) throws Exception {
        return get("/api/v1/areas/477/wall?position=" + frame.path("position").asText() + "&at="
                + URLEncoder.encode(frame.path("at").asText(), StandardCharsets.UTF_8));
    }

    /** Waits, with nobody sending, until the wall has folded everything, and returns it. */
    JsonNode settled() throws Exception {
        long deadline = System.nanoTime() + SETTLED_NS;
        while (true) {
            long last = Long.parseLong(
                    server.sql("select max(position) from journal").getFirst());
            JsonNode wall = wall();
            if (Long.parseLong(wall.path("position").asText()) >= last) {
                return wall;
            }
            assertTrue(System.nanoTime() < deadline, () -> "the wall stays behind at " + wall.path("position"));
        }
    }

    /** Waits until the rollups hold everything that was sent, and returns the wall. */
    JsonNode checkpointed() throws Exception {
        long deadline = System.nanoTime() + SETTLED_NS;
        while (true) {
            JsonNode wall = settled();
            if (server.sql("select 1 from checkpoint where position >= (select max(position) from journal"
                                    + " where kind not in ('alarm', 'configuration'))")
                            .size()
                    == 1) {
                return wall;
            }
            assertTrue(System.nanoTime() < deadline, "no checkpoint");
        }
    }

    /** What was acknowledged is in the journal, each event once. */
    void assertJournaledOnce() throws Exception {
        assertEquals(
                List.of(),
                server.sql("select source || ' ' || id from journal group by source, id having count(*) > 1 limit 5"));
        for (GeneratedSource sender : sources) {
            BitSet missing = (BitSet) sender.acknowledged().clone();
            missing.andNot(journaled(sender));
            // An event without an id has none of ours in the journal.
            long known = Long.parseLong(server.sql("select count(*) from journal where source = '" + sender.source()
                            + "' and length(id) = 64 and id ~ '^[0-9a-f]{64}$'")
                    .getFirst());
            assertTrue(missing.cardinality() <= known, () -> missing.cardinality() + " acknowledged are missing");
            assertEquals(
                    sender.taken(),
                    Long.parseLong(server.sql("select count(*) from journal where source = '" + sender.source() + "'")
                            .getFirst()),
                    "taken");
        }
    }

    /** Each refused event has its dead letter with a reason it has, whichever way it came, and no other has any. */
    void assertRefusedForAReason() throws Exception {
        for (GeneratedSender sender : senders) {
            sender.assertLetters(server
                    .sql("select (kept::json ->> 'digest') || ' ' || reason from dead_letter" + " where source = '"
                            + sender.source() + "' order by number")
                    .stream()
                    .map(letter -> letter.split(" "))
                    .map(letter -> Map.entry(letter[0], letter[1]))
                    .toList());
        }
    }

    private BitSet journaled(GeneratedSource sender) throws Exception {
        BitSet numbers = new BitSet();
        for (String id : server.sql("select substr(id, 6, 8) from journal where source = '" + sender.source()
                + "' and id ~ '^g[A-Z0-9]{3}-[0-9]{8}'")) {
            numbers.set(Integer.parseInt(id));
        }
        return numbers;
    }

    /** Received is the sum of what became of it, on every day so far, and nothing is under way. */
    void assertLedgerAddsUp() throws Exception {
        for (LocalDate day = began; !day.isAfter(LocalDate.now(ZONE)); day = day.plusDays(1)) {
            JsonNode total = get("/api/v1/ledger?date=" + day).path("total");
            long sum = 0;
            for (String outcome : List.of("committed", "duplicate", "rejected", "refused", "interrupted")) {
                sum += total.path(outcome).asLong();
            }
            assertEquals(total.path("received").asLong(), sum, total::toString);
            assertEquals(0, total.path("inFlight").asLong(), total::toString);
            assertEquals(0, total.path("conflict").asLong(), total::toString);
        }
    }

    @Override
    public void close() {
        sources.forEach(GeneratedSource::close);
        server.close();
    }
}
