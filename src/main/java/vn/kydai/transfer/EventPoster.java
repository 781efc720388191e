package vn.kydai.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.kydai.event.codec.Json;

/**
 * Posts batches of events as one source. What the server cannot take now is sent again: what had been committed is
 * recognised then. Blocking.
 */
final class EventPoster implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_TRIES = 8;
    private static final int MAX_WAIT_S = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI events;
    private final String authorization;

    EventPoster(URI server, String source, String token) {
        this.events = server.resolve("/api/v1/events");
        byte[] pair = (source + ":" + token).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What became of a batch. */
    record Answer(long committed, long duplicate, List<Rejection> rejected) {
        Answer {
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * An event that was not taken.
     *
     * @param index in the batch
     */
    record Rejection(int index, String reason, String detail) {
        private static final Pattern DETAIL = Pattern.compile("/(?:data/)?([A-Za-z]*)[^:]*: (.*)", Pattern.DOTALL);
        private static final Pattern FOUND =
                Pattern.compile("(?:\".*\"|[^\\s\"]+) (?=(?:is|does|breaks) )", Pattern.DOTALL);
        private static final Pattern FORM = Pattern.compile("does not match .*", Pattern.DOTALL);

        /** Returns the field that was not taken; empty where it is the whole event. */
        String field() {
            Matcher matcher = DETAIL.matcher(detail);
            return matcher.matches() ? matcher.group(1) : "";
        }

        /** Returns why in words, without what was found: that may be anything. */
        String why() {
            Matcher matcher = DETAIL.matcher(detail);
            String said = matcher.matches() ? matcher.group(2) : detail;
            Matcher found = FOUND.matcher(said);
            String bare = found.lookingAt() ? said.substring(found.end()) : said;
            return FORM.matcher(bare).replaceAll("has not the form that this field has, see docs/import.md") + " ("
                    + reason + ")";
        }
    }

    /** Posts a JSON array of events; fails with {@link TransferFailed}. */
    Answer post(String batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(events)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents-batch+json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(batch))
                .build();
        for (int tries = 1; ; tries++) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == OK) {
                    return answer(response.body());
                }
                checkWorthRepeating(response);
                if (tries == MAX_TRIES) {
                    throw new TransferFailed(
                            events + " answered " + response.statusCode() + " " + tries + " times", false);
                }
                pause(response.headers().firstValueAsLong("Retry-After").orElse(tries));
            } catch (IOException e) {
                if (tries == MAX_TRIES) {
                    throw new TransferFailed(events + " cannot be reached: " + e, false);
                }
                pause(tries);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void checkWorthRepeating(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new TransferFailed(events + " does not take this source with this token: " + response.body(), true);
        }
        if (status != TOO_MANY_REQUESTS && (status < SERVER_ERROR || status == NOT_IMPLEMENTED)) {
            throw new TransferFailed(events + " answered " + status + ": " + response.body(), false);
        }
    }

    private static Answer answer(String body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            List<Rejection> rejected = new ArrayList<>();
            node.path("rejected")
                    .forEach(event -> rejected.add(new Rejection(
                            event.path("index").asInt(),
                            event.path("reason").asText(),
                            event.path("detail").asText())));
            return new Answer(
                    node.path("committed").asLong(), node.path("duplicate").asLong(), rejected);
        } catch (JsonProcessingException e) {
            throw new TransferFailed("the answer is not JSON: is this a Kydai server?", false);
        }
    }

    private static void pause(long seconds) throws InterruptedException {
        CompletableFuture<Void> over = new CompletableFuture<Void>()
                .completeOnTimeout(null, Math.min(MAX_WAIT_S, Math.max(1, seconds)), TimeUnit.SECONDS);
        try {
            over.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a pause cannot fail", e);
        }
    }
}
