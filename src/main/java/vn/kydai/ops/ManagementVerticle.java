package vn.kydai.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.Settings;

/** {@code /metrics} and {@code /health/*} on an address of their own, without sign-in: keep it off the public net. */
public final class ManagementVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(ManagementVerticle.class);
    private static final int IDLE_SECONDS = 60;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String JSON = "application/json";

    private final Settings.Management settings;
    private final Health health;
    private final PrometheusMeterRegistry meters;
    private volatile int port;

    /** Wires it. */
    public ManagementVerticle(Settings.Management settings, Health health, PrometheusMeterRegistry meters) {
        this.settings = settings;
        this.health = health;
        this.meters = meters;
    }

    /** Returns the port it listens on, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setIdleTimeout(IDLE_SECONDS)
                        .setCompressionSupported(true)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::handle);
        return EventLoopLag.start(vertx, meters)
                .compose(measuring -> server.listen(settings.port(), settings.host()))
                .onSuccess(listening -> port = listening.actualPort());
    }

    private void handle(HttpServerRequest request) {
        if (!READING.contains(request.method())) {
            send(request, NOT_ALLOWED, JSON, "{\"detail\":\"only GET\",\"status\":405}");
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/metrics" -> send(request, OK, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
            case "/health/live" -> send(request, OK, JSON, "{\"status\":\"live\"}");
            case "/health/ready" -> {
                Health.Report report = health.report();
                send(request, report.isReady() ? OK : UNAVAILABLE, JSON, report.json());
            }
            default ->
                send(
                        request,
                        NOT_FOUND,
                        JSON,
                        "{\"detail\":\"here are /metrics, /health/live, /health/ready\",\"status\":404}");
        }
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        HttpServerResponse response = request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        (request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body))
                .onFailure(cause -> LOGGER.atDebug().log("asker gone before the answer"));
    }
}
