package vn.kydai.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.TypedText;

/** Reads and sends bodies of JSON. */
public final class JsonBody {
    private static final Logger LOGGER = LoggerFactory.getLogger(JsonBody.class);

    private JsonBody() {}

    /** Reads a request's body; absent without one. Fails with 400 when it is not JSON, or cannot be stored. */
    public static Optional<JsonNode> of(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        try {
            Optional<JsonNode> body =
                    buffer == null ? Optional.empty() : Optional.ofNullable(Json.MAPPER.readTree(buffer.getBytes()));
            if (body.isPresent() && !isStorable(body.get())) {
                throw new Problem(400, "the body holds U+0000 or half a surrogate pair, which no text has");
            }
            return body;
        } catch (IOException e) {
            throw new Problem(400, "the body is not JSON");
        }
    }

    private static boolean isStorable(JsonNode node) {
        return (!node.isTextual() || TypedText.isStorable(node.textValue()))
                && node.properties().stream().allMatch(field -> TypedText.isStorable(field.getKey()))
                && StreamSupport.stream(node.spliterator(), false).allMatch(JsonBody::isStorable);
    }

    /**
     * Reads a request's body that must be an object.
     *
     * @param allowed its fields
     * @param example shown when it is none
     * @throws Problem 400 when it is none, or has another field
     */
    public static JsonNode object(RoutingContext context, Set<String> allowed, String example) {
        JsonNode body = object(context, example);
        List<String> names = allowed.stream().sorted().toList();
        body.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                throw new Problem(400, field + ": " + String.join(", ", names) + " are allowed");
            }
        });
        return body;
    }

    /** Reads a request's body that must be an object, whatever its fields. Fails with 400 when it is none. */
    public static JsonNode object(RoutingContext context, String example) {
        return of(context)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new Problem(400, "the body must be a JSON object: " + example));
    }

    /** Reads a field of text; absent where it is. Fails with 400 when it is something else. */
    public static Optional<String> text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw new Problem(400, field + ": text is needed");
        }
        return Optional.ofNullable(value.textValue());
    }

    /** Answers 200 with a body once it is there, or fails as it does, on the request's own event loop. */
    public static void answer(RoutingContext context, Future<? extends JsonNode> body) {
        Context server = context.vertx().getOrCreateContext();
        body.onComplete(done -> server.runOnContext(back -> {
            if (done.succeeded()) {
                answer(context, done.result());
            } else {
                context.fail(done.cause());
            }
        }));
    }

    /** Answers 200 with a body. */
    public static void answer(RoutingContext context, JsonNode body) {
        answer(context, 200, Json.text(body));
    }

    /** Answers with a status and a body that has been written already. */
    public static void answer(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body)
                .onFailure(cause -> LOGGER.atDebug().log("gone before the answer"));
    }
}
