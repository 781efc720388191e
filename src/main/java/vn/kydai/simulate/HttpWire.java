package vn.kydai.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vn.kydai.event.codec.Json;

/** HTTP batches of CloudEvents. There is no connection to keep: it signs in with each request. */
final class HttpWire implements Wire {
    private static final int TIMEOUT_MS = 30_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client;
    private final String server;
    private final Credentials credentials;

    HttpWire(HttpClient client, String server, Credentials credentials) {
        this.client = client;
        this.server = server;
        this.credentials = credentials;
    }

    @Override
    public Future<Void> connect(Runnable whenLost) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Answer> send(List<Parcel> parcels) {
        String body = parcels.stream().map(Parcel::json).collect(Collectors.joining(",", "[", "]"));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(server + "/api/v1/events")
                .setTimeout(TIMEOUT_MS)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/cloudevents-batch+json")
                .putHeader(HttpHeaders.AUTHORIZATION, basic());
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body))
                        .compose(response -> response.body()
                                .compose(answer ->
                                        answer(response.statusCode(), answer.toString(UTF_8), parcels.size()))));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private Future<Answer> answer(int status, String body, int sent) {
        if (status == OK) {
            return read(body);
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return Future.failedFuture(new SignInRefused(credentials.id() + " may not send to " + server));
        }
        if (status == TOO_MANY_REQUESTS || status >= SERVER_ERROR) {
            return Future.failedFuture(server + " answered " + status);
        }
        return Future.succeededFuture(Answer.refused("http_" + status, sent));
    }

    private static Future<Answer> read(String body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            SortedMap<String, Long> refused = new TreeMap<>();
            node.path("rejected")
                    .forEach(rejected -> refused.merge(rejected.path("reason").asText(), 1L, Long::sum));
            long committed = node.path("committed").asLong();
            long duplicate = node.path("duplicate").asLong();
            return Future.succeededFuture(new Answer(committed + duplicate, committed, duplicate, refused));
        } catch (JsonProcessingException e) {
            return Future.failedFuture(e);
        }
    }

    private String basic() {
        byte[] pair = (credentials.id() + ":" + credentials.token()).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
