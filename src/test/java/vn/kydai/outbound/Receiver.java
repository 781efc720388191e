package vn.kydai.outbound;

import static vn.kydai.access.AccessFixture.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import vn.kydai.event.codec.Json;

/** A program that takes webhooks and answers as a test says. */
public final class Receiver {
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /** How to answer the next ones; an answer of null leaves it hanging. */
    public volatile Function<Got, Answer> answers = request -> Answer.OK;

    public record Got(String path, MultiMap headers, String body) {
        public String key() {
            return headers.get("webhook-id");
        }

        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }

        /** Returns {@code alarm step}. */
        public String step() {
            return json().at("/data/alarm").asText() + " "
                    + json().at("/data/event/data/step").asText();
        }
    }

    public record Answer(int status, String header, String value, String body) {
        public static final Answer OK = of(200);

        public static Answer of(int status) {
            return new Answer(status, "x-none", "", "");
        }
    }

    /** Listens on a free port. */
    public Receiver(Vertx vertx) {
        server = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    public int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Got one = new Got(request.path(), request.headers(), body.toString());
            Answer answer = answers.apply(one);
            if (answer == null) {
                held.add(request);
            } else {
                answer(request, answer);
            }
            got.add(one);
        });
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader(answer.header(), answer.value())
                .end(answer.body());
    }

    /** Answers one that has hung until now. */
    void release() throws InterruptedException {
        answer(held.take(), Answer.OK);
    }

    /** Waits for the next one. */
    public Got next() throws InterruptedException {
        Got one = got.poll(20, TimeUnit.SECONDS);
        if (one == null) {
            throw new AssertionError("nothing came");
        }
        return one;
    }

    public List<Got> next(int count) throws InterruptedException {
        List<Got> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    /** Returns what came and was not waited for. */
    public List<Got> rest() {
        List<Got> rest = new ArrayList<>();
        got.drainTo(rest);
        return rest;
    }
}
