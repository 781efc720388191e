package vn.kydai.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Access;
import vn.kydai.access.Problem;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.TypedText;

/** The one public server: sign-in first, then the stages' routes in flow order, then pages. */
public final class HttpServerVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpServerVerticle.class);
    private static final String ENCODED_ZERO = "%00";
    private static final int MAX_REQUEST_LINE_BYTES = 4_096;
    private static final int MAX_HEADER_BYTES = 16_384;

    /** Longer than every heartbeat, so that only the dead are closed. */
    private static final int IDLE_SECONDS = 75;

    /** Small, so that a wall that stopped reading is noticed before the kernel has swallowed megabytes for it. */
    private static final int SEND_BUFFER_BYTES = 65_536;

    private static final int SHUTDOWN_SECONDS = 2;
    private static final String WALL_PROTOCOL = "kydai.wall.v1";
    private static final int MIN_COMPRESSED_BYTES = 1_024;

    private final Settings.Http settings;
    private final Access access;
    private final List<Consumer<Router>> stages;
    private final Path configDirectory;
    private final MeterRegistry meters;
    private @Nullable HttpServer server;
    private volatile int port;

    /**
     * Wires it.
     *
     * @param stages each mounts a stage's routes, in flow order
     * @param configDirectory where {@code map.geojson} lies
     */
    public HttpServerVerticle(
            Settings.Http settings,
            Access access,
            List<Consumer<Router>> stages,
            Path configDirectory,
            MeterRegistry meters) {
        this.settings = settings;
        this.access = access;
        this.stages = List.copyOf(stages);
        this.configDirectory = configDirectory;
        this.meters = meters;
    }

    /** Returns the port it listens on, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        Problems problems = new Problems(router, meters);
        problems.mount();
        Connections connections = new Connections(vertx, settings.maxConnections(), meters);
        mount(router, connections);
        server = vertx.createHttpServer(options())
                .connectionHandler(connections::opened)
                .invalidRequestHandler(problems::malformed)
                .exceptionHandler(cause -> LOGGER.atDebug().setCause(cause).log("connection failed"))
                .requestHandler(router);
        return server.listen(settings.port(), settings.host()).onSuccess(listening -> port = listening.actualPort());
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    private void mount(Router router, Connections connections) {
        SignIn signIn = new SignIn(access, connections);
        router.route().handler(connections).handler(HttpServerVerticle::secure);
        new SessionRoutes(access, isTls()).mount(router, signIn);
        router.routeWithRegex("/api/(?!v1/session$).*").handler(signIn);
        stages.forEach(stage -> stage.accept(router));
        QrRoute.mount(router);
        new Pages(configDirectory).mount(router);
    }

    /** Headers that hold for every answer; pages loosen what they need. */
    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Fails with 400 here when the query cannot be decoded, rather than in whichever stage looks at it first.
        boolean isStorable = context.queryParams().entries().stream()
                .allMatch(parameter ->
                        TypedText.isStorable(parameter.getKey()) && TypedText.isStorable(parameter.getValue()));
        if (!isStorable || String.valueOf(context.request().path()).contains(ENCODED_ZERO)) {
            throw new Problem(400, "the address holds U+0000 or half a surrogate pair, which no name has");
        }
        context.next();
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(MIN_COMPRESSED_BYTES)
                .setDecompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of(WALL_PROTOCOL));
        if (isTls()) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(settings.tlsCertificate())
                            .setKeyPath(settings.tlsKey()));
        }
        return options;
    }

    private boolean isTls() {
        return !settings.tlsCertificate().isEmpty() && !settings.tlsKey().isEmpty();
    }
}
