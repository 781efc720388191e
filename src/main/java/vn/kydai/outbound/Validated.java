package vn.kydai.outbound;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Digest;

/** Answers that whoever asks again and again need not be sent again (RFC 9110, 13: conditional requests). */
final class Validated {
    private static final Logger LOGGER = LoggerFactory.getLogger(Validated.class);
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int NOT_MODIFIED = 304;

    private Validated() {}

    /** Answers with a text, or 304 when the one who asks has it. */
    static void answer(RoutingContext context, String type, String text, Instant changed) {
        Instant modified = changed.truncatedTo(ChronoUnit.SECONDS);
        String etag = "W/\"" + Digest.of(text.getBytes(StandardCharsets.UTF_8)) + '"';
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(modified));
        if (isKnown(context.request(), etag, modified)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(text)
                .onFailure(cause -> LOGGER.atDebug().log("gone before the answer"));
    }

    private static boolean isKnown(HttpServerRequest request, String etag, Instant modified) {
        String tags = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            return tags.contains(etag) || tags.strip().equals("*");
        }
        String since = request.getHeader(HttpHeaders.IF_MODIFIED_SINCE);
        try {
            return since != null && !HTTP_DATE.parse(since, Instant::from).isBefore(modified);
        } catch (DateTimeException e) {
            return false; // as the RFC asks for where the date is none
        }
    }
}
