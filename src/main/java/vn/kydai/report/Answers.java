package vn.kydai.report;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is not JSON. */
final class Answers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** Sends a table for spreadsheets as a file. */
    static void csv(RoutingContext context, String name, String table) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Csv.TYPE)
                .putHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
                .end(table)
                .onFailure(cause -> LOGGER.atDebug().log("reader gone before its answer"));
    }
}
