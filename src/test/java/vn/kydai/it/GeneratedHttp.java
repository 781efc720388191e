package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vn.kydai.event.codec.Json;
import vn.kydai.it.GeneratedEvents.Generated;
import vn.kydai.it.GeneratedSender.Answers;

/** Posts batches of structured CloudEvents. */
public final class GeneratedHttp implements GeneratedSender.Way {
    private static final int OK = 200;
    private static final Set<Integer> LATER = Set.of(429, 503);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI events;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    public GeneratedHttp(URI server, String token) {
        this.events = server.resolve("/api/v1/events");
        this.token = token;
    }

    @Override
    public String text(Generated event) {
        return event.json();
    }

    @Override
    public Answers send(List<Generated> batch, Gate gate) throws InterruptedException {
        String body = batch.stream().map(this::text).collect(Collectors.joining(",", "[", "]"));
        while (true) {
            gate.await();
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(events)
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/cloudevents-batch+json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == OK) {
                    return answers(batch.size(), Json.stored(answer.body()));
                }
                assertTrue(LATER.contains(answer.statusCode()), () -> answer.statusCode() + " " + answer.body());
            } catch (IOException goneMeanwhile) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static Answers answers(int size, JsonNode answer) {
        List<String> reasons = new ArrayList<>(Collections.nCopies(size, ""));
        answer.path("rejected")
                .forEach(rejected -> reasons.set(
                        rejected.path("index").asInt(), rejected.path("reason").asText()));
        long known = answer.path("duplicate").asLong();
        assertEquals(
                size,
                answer.path("committed").asLong()
                        + known
                        + answer.path("rejected").size(),
                answer::toString);
        assertTrue(answer.path("conflicts").isEmpty(), answer::toString);
        return new Answers(reasons, true, known);
    }
}
