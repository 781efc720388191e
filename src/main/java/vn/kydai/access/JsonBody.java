package vn.kydai.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;

/** Reads and sends bodies of JSON. */
public final class JsonBody {
    private static final Logger LOGGER = LoggerFactory.getLogger(JsonBody.class);

    private JsonBody() {}

    /** Reads a request's body; absent without one. Fails with 400 when it is not JSON. */
    public static Optional<JsonNode> of(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        try {
            return buffer == null ? Optional.empty() : Optional.ofNullable(Json.MAPPER.readTree(buffer.getBytes()));
        } catch (IOException e) {
            throw new Problem(400, "the body is not JSON");
        }
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
