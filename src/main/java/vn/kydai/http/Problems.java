package vn.kydai.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.DatabaseAway;
import vn.kydai.access.FailureLimit;
import vn.kydai.access.Problem;
import vn.kydai.event.codec.Json;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/** Answers every failure with an RFC 9457 problem body; of a bug it says no more than that there was one. */
final class Problems implements Handler<RoutingContext> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Problems.class);
    private static final int[] STATUSES_OF_THE_ROUTER = {400, 404, 405, 406, 413, 415, 500};
    private static final Label STATUS = Label.of(
            "status",
            "400",
            "401",
            "403",
            "404",
            "405",
            "406",
            "408",
            "409",
            "413",
            "414",
            "415",
            "426",
            "429",
            "431",
            "500",
            "501",
            "503",
            Label.OTHER);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_ALLOWED = 405;
    private static final int SERVER_ERROR = 500;
    private static final int BUGS_LOGGED_PER_MINUTE = 10;
    private static final int MAX_PATH_CHARS = 200;

    private final Router router;
    private final Counters problems;
    private final FailureLimit logged = new FailureLimit(BUGS_LOGGED_PER_MINUTE);

    Problems(Router router, MeterRegistry registry) {
        this.router = router;
        this.problems = new Meters(registry, "http")
                .counters("problems", "requests", "requests answered with a problem body", STATUS);
    }

    /** Catches what fails on any route, and what no route took. */
    void mount() {
        router.route().failureHandler(this);
        for (int status : STATUSES_OF_THE_ROUTER) {
            router.errorHandler(status, this);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Half an answer cannot be taken back; a reader sees the connection break instead of a complete body.
            context.request().connection().close();
            return;
        }
        Problem problem = problem(context);
        answer(context.request(), problem);
    }

    /** Answers a request that is not HTTP, then closes: what follows on the connection cannot be trusted. */
    void malformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem = switch (cause) {
            case TooLongHttpLineException line -> new Problem(414, "the request line is too long");
            case TooLongHttpHeaderException header -> new Problem(431, "the headers are too large");
            case null, default -> new Problem(400, "this is not an HTTP request");
        };
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.headWritten()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(request, problem);
        }
        request.connection().close();
    }

    private void answer(HttpServerRequest request, Problem problem) {
        problems.of(STATUS.known(Integer.toString(problem.status()))).increment();
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        problem.headers().forEach(response::putHeader);
        if (problem.status() == UNAUTHORIZED && !response.headers().contains("WWW-Authenticate")) {
            response.putHeader("WWW-Authenticate", challenge(request));
        }
        String body = Json.text(body(problem, path(request)));
        if (HttpMethod.HEAD.equals(request.method())) {
            response.end().onFailure(cause -> LOGGER.atDebug().log("peer gone before its answer"));
        } else {
            response.end(body).onFailure(cause -> LOGGER.atDebug().log("peer gone before its answer"));
        }
    }

    private static ObjectNode body(Problem problem, String path) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase())
                .put("status", problem.status())
                .put("detail", problem.getMessage());
        if (!problem.code().isEmpty()) {
            body.put("code", problem.code());
        }
        new TreeMap<>(problem.fields()).forEach(body::put);
        if (path.startsWith("/")) {
            body.put("instance", path);
        }
        return body;
    }

    private static String path(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return path.length() > MAX_PATH_CHARS ? path.substring(0, MAX_PATH_CHARS) : path;
    }

    /** Names Basic only to those who tried it: a browser would open its own dialogue for it. */
    private static String challenge(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, "Basic ".length())
                ? "Basic realm=\"kydai\", charset=\"UTF-8\""
                : "Bearer realm=\"kydai\"";
    }

    private Problem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure != null && !(failure instanceof HttpException) && DatabaseAway.is(failure)) {
            LOGGER.atDebug().setCause(failure).log("the database did not do its part of a request");
            return DatabaseAway.problem(failure);
        }
        int status = failure instanceof HttpException exception ? exception.getStatusCode() : context.statusCode();
        if (failure == null && status < 0) {
            // The router could not even decode the path.
            return new Problem(BAD_REQUEST, detail(BAD_REQUEST, context));
        }
        if (status >= BAD_REQUEST && status != SERVER_ERROR) {
            return status == NOT_ALLOWED ? notAllowed(context) : new Problem(status, detail(status, context));
        }
        String bug = failure == null ? "" : failure.getClass().getName();
        if (logged.count(bug, Instant.EPOCH.plusNanos(System.nanoTime()))) {
            LOGGER.atError()
                    .addKeyValue("path", path(context.request()))
                    .setCause(failure)
                    .log("a request failed");
        }
        return new Problem(SERVER_ERROR, "the server failed; its log says why");
    }

    private Problem notAllowed(RoutingContext context) {
        String allowed = AllowedMethods.of(router, context.normalizedPath());
        return new Problem(
                NOT_ALLOWED,
                context.request().method() + " is not allowed here; allowed: " + allowed,
                Map.of("Allow", allowed));
    }

    private static String detail(int status, RoutingContext context) {
        HttpServerRequest request = context.request();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return switch (status) {
            case 400 -> "the request cannot be read";
            case 404 -> "there is nothing here";
            case 406 -> "none of the accepted types is served here";
            case 413 -> "the body is too large";
            case 415 -> (type == null ? "a body without Content-Type" : type) + " is not accepted here";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
