package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import vn.kydai.event.codec.Json;
import vn.kydai.it.GeneratedEvents.Generated;
import vn.kydai.it.GeneratedEvents.Sender;

/**
 * A source that posts generated events batch by batch, each again until it is answered, and holds every answer against
 * what had to come. Confined to one thread at a time.
 */
final class GeneratedSender {
    private static final int OK = 200;
    private static final Set<Integer> LATER = Set.of(429, 503);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerProcess server;
    private final Sender kind;
    private final String token;
    private final GeneratedEvents events;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BitSet acknowledged = new BitSet();
    private final Set<String> reasons = new TreeSet<>();
    private long taken;
    private long repeats;

    GeneratedSender(ServerProcess server, Sender kind, String token, GeneratedEvents events) {
        this.server = server;
        this.kind = kind;
        this.token = token;
        this.events = events;
    }

    /** Returns the numbers of the events that were acknowledged as taken, now or before. */
    BitSet acknowledged() {
        return acknowledged;
    }

    /** Returns how many events were acknowledged as taken. */
    long taken() {
        return taken;
    }

    /** Returns how many of them the server had taken before, without its acknowledgement having arrived. */
    long repeats() {
        return repeats;
    }

    /** Returns the reasons of all rejections. */
    Set<String> reasons() {
        return reasons;
    }

    /** Posts so many events; while nobody answers, waits for the gate. */
    void send(int count, Gate gate) throws InterruptedException {
        List<Generated> batch = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            batch.add(events.next(kind));
        }
        post(batch, gate);
    }

    private void post(List<Generated> batch, Gate gate) throws InterruptedException {
        String body = batch.stream().map(Generated::json).collect(Collectors.joining(",", "[", "]"));
        while (true) {
            gate.await();
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(server.http("/api/v1/events"))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/cloudevents-batch+json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == OK) {
                    check(batch, Json.stored(answer.body()));
                    return;
                }
                assertTrue(LATER.contains(answer.statusCode()), () -> answer.statusCode() + " " + answer.body());
            } catch (IOException goneMeanwhile) {
                Thread.onSpinWait();
            }
        }
    }

    private void check(List<Generated> batch, JsonNode answer) {
        Iterator<JsonNode> rejected = answer.path("rejected").iterator();
        JsonNode next = rejected.hasNext() ? rejected.next() : null;
        for (int index = 0; index < batch.size(); index++) {
            Generated event = batch.get(index);
            if (next == null || next.path("index").asInt() != index) {
                assertTrue(event.isGood(), () -> "taken, though " + event.flaws() + ": " + event.json());
                acknowledged.set(event.number());
                taken++;
                continue;
            }
            String said = next.toString();
            String reason = next.path("reason").asText();
            assertTrue(
                    event.flaws().contains(reason), () -> said + " instead of " + event.flaws() + ": " + event.json());
            reasons.add(reason);
            next = rejected.hasNext() ? rejected.next() : null;
        }
        long known = answer.path("duplicate").asLong();
        repeats += known;
        assertEquals(
                batch.size(),
                answer.path("committed").asLong()
                        + known
                        + answer.path("rejected").size(),
                answer::toString);
        assertTrue(answer.path("conflicts").isEmpty(), answer::toString);
    }
}
