package vn.kydai.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;

/** Sends JSON. */
final class Answers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void json(RoutingContext context, JsonNode body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(body))
                .onFailure(cause -> LOGGER.atDebug().log("reader gone before its answer"));
    }

    /** Sends a table for spreadsheets as a file. */
    static void csv(RoutingContext context, String name, String table) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Csv.TYPE)
                .putHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
                .end(table)
                .onFailure(cause -> LOGGER.atDebug().log("reader gone before its answer"));
    }
}
