package vn.kydai.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.kydai.event.codec.Json;

/** A gateway that posts batches of its sensors' events, one request at a time. */
final class HttpLine implements Line {
    private static final int OK = 200;

    private final HttpClient client;
    private final LineParts parts;
    private final int batch;
    private final RequestOptions post;
    private final List<Fleet.Member> sensors;
    private final List<Writer> writers;
    private int next;
    private boolean isWaiting;
    private boolean isOver;
    private Runnable whenRoom = () -> {};

    HttpLine(LoadOrder.Publish order, Fleet.Member gateway, HttpClient client, LineParts parts) {
        this.client = client;
        this.parts = parts;
        this.batch = order.batch();
        this.sensors = order.fleet().behind(gateway);
        this.writers = sensors.stream()
                .map(sensor -> Writer.of(sensor, order.run(), order.mix()))
                .toList();
        this.post = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(order.server().http() + "/api/v1/events")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/cloudevents-batch+json")
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + gateway.token());
    }

    @Override
    public Future<Void> open(Runnable whenRoom) {
        this.whenRoom = whenRoom;
        return Future.succeededFuture();
    }

    @Override
    public boolean hasRoom() {
        return !isWaiting && !isOver;
    }

    @Override
    public void send(long dueNanos) {
        isWaiting = true;
        String body =
                IntStream.range(0, batch).mapToObj(n -> compose(dueNanos)).collect(Collectors.joining(",", "[", "]"));
        client.request(post)
                .compose(request -> request.send(Buffer.buffer(body.getBytes(ISO_8859_1))))
                .compose(response -> response.body().map(answer -> taken(response.statusCode(), answer)))
                .onSuccess(taken -> {
                    isWaiting = false;
                    parts.answers().acknowledged(dueNanos, System.nanoTime(), taken);
                    whenRoom.run();
                })
                .onFailure(failure -> {
                    isWaiting = false;
                    parts.answers().failed(String.valueOf(failure.getMessage()), batch);
                    whenRoom.run();
                });
    }

    private String compose(long dueNanos) {
        int sensor = next;
        next = (next + 1) % sensors.size();
        Outgoing event = writers.get(sensor).next(parts.epochMicros(dueNanos));
        String id = sensors.get(sensor).id();
        parts.answers().sent(event);
        parts.wall().expect(id, event, dueNanos);
        return event.cloudEvent(id);
    }

    /** Returns how many events the answer takes responsibility for; the rest has failed. */
    private long taken(int status, Buffer answer) {
        if (status != OK) {
            throw new IllegalStateException("HTTP " + status);
        }
        try {
            JsonNode body = Json.MAPPER.readTree(answer.toString());
            long taken =
                    body.path("committed").asLong() + body.path("duplicate").asLong();
            if (taken < batch) {
                parts.answers().failed("rejected " + body.path("rejected"), batch - taken);
            }
            return taken;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer is no JSON", e);
        }
    }

    @Override
    public void flush() {
        // A request leaves when it is sent.
    }

    @Override
    public void close() {
        isOver = true;
    }
}
