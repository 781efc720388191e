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

/** A server process with the sources that send generated events, and what its answers must be. */
final class GeneratedCentre implements AutoCloseable {
    static final String AREA = "19867";
    static final String DESK = "desk-generated";
    static final String SENSOR = "sensor-generated";
    static final String OFFICE = "office-generated";

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final long SETTLED_NS = TimeUnit.MINUTES.toNanos(20);

    final ServerProcess server;
    final List<GeneratedSender> senders = new ArrayList<>();
    final Map<String, String> tokens = new TreeMap<>();
    final Gate gate = new Gate();

    private final LocalDate began;
    private final String reader;

    GeneratedCentre(Path data, long seed, Instant now) throws Exception {
        began = now.atZone(ZONE).toLocalDate();
        TestTokens desks = TestTokens.register(data, List.of(DESK), AREA);
        TestTokens offices = TestTokens.register(data, List.of(OFFICE), "477");
        TestTokens sensors = TestTokens.registerSensors(data, List.of(SENSOR), AREA);
        tokens.putAll(desks.devices());
        tokens.putAll(offices.devices());
        tokens.putAll(sensors.devices());
        reader = desks.reader();
        server = new ServerProcess(data);
        senders.add(new GeneratedSender(server, Sender.DESK, tokens.get(DESK), new GeneratedEvents(seed, now, "D01")));
        senders.add(new GeneratedSender(
                server, Sender.DESK, tokens.get(OFFICE), new GeneratedEvents(seed + 1, now, "Q02")));
        senders.add(new GeneratedSender(
                server, Sender.SENSOR, tokens.get(SENSOR), new GeneratedEvents(seed + 2, now, "S03")));
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
        for (GeneratedSender sender : senders) {
            BitSet missing = (BitSet) sender.acknowledged().clone();
            missing.andNot(journaled(sender));
            // An event without an id has none of ours in the journal.
            long known = Long.parseLong(server.sql("select count(*) from journal where source = '" + sourceOf(sender)
                            + "' and length(id) = 64 and id ~ '^[0-9a-f]{64}$'")
                    .getFirst());
            assertTrue(missing.cardinality() <= known, () -> missing.cardinality() + " acknowledged are missing");
            assertEquals(
                    sender.taken(),
                    Long.parseLong(server.sql("select count(*) from journal where source = '" + sourceOf(sender) + "'")
                            .getFirst()),
                    "taken");
        }
    }

    private String sourceOf(GeneratedSender sender) {
        return List.of(DESK, OFFICE, SENSOR).get(senders.indexOf(sender));
    }

    private BitSet journaled(GeneratedSender sender) throws Exception {
        BitSet numbers = new BitSet();
        for (String id : server.sql("select substr(id, 6, 8) from journal where source = '" + sourceOf(sender)
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
        server.close();
    }
}
