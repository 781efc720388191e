package vn.kydai.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import vn.kydai.Pipeline;
import vn.kydai.config.Settings;
import vn.kydai.ops.Metrics;
import vn.kydai.simulate.ServerAddress;

/** The server inside a command: what it runs on, where it answers, how it stops. */
final class Server {
    private final Settings settings;
    private final Metrics metrics = new Metrics();
    private final Vertx vertx =
            metrics.vertx(new VertxOptions().setPreferNativeTransport(true)).build();
    private final Pipeline pipeline;

    Server(Installation installation, InstantSource clock) {
        this(installation, installation.settings(), clock);
    }

    Server(Installation installation, Settings settings, InstantSource clock) {
        this.settings = settings;
        this.pipeline = new Pipeline(new Pipeline.Environment(
                vertx,
                metrics,
                settings,
                installation.directories().config(),
                installation.directories().data(),
                clock));
    }

    /**
     * Where a started server answers, as a client on this machine writes it.
     *
     * @param events where it takes events
     * @param management {@code http://host:port} of health and metrics
     */
    record Addresses(ServerAddress events, String management) {
        /** Returns the line that says that the server is ready. */
        String ready() {
            InetSocketAddress mqtt = events.mqtt();
            return "ready " + events.http() + " mqtt://" + mqtt.getHostString() + ":" + mqtt.getPort();
        }
    }

    Vertx vertx() {
        return vertx;
    }

    Settings settings() {
        return settings;
    }

    /**
     * Starts everything; fails with what could not be started. An error of the virtual machine then ends the process at once: what was
     * acknowledged has committed, and nothing else may be trusted to go on.
     */
    Future<Addresses> start() {
        vertx.exceptionHandler(Running::endOnError);
        pipeline.broken().onFailure(Running::endOnError);
        return pipeline.start().map(this::addresses);
    }

    /** Returns the steps that stop everything in reverse, Vert.x and the metrics last. */
    List<Supplier<Future<Void>>> stopping() {
        return List.of(pipeline::stop, vertx::close, () -> {
            metrics.close();
            return Future.succeededFuture();
        });
    }

    private Addresses addresses(Pipeline.Ports ports) {
        String scheme = settings.http().tlsCertificate().isEmpty() ? "http" : "https";
        String http = scheme + "://" + reachable(settings.http().host()) + ":" + ports.httpPort();
        InetSocketAddress mqtt = InetSocketAddress.createUnresolved(
                reachable(settings.ingest().mqtt().host()), ports.mqttPort());
        String management = "http://" + reachable(settings.management().host()) + ":" + ports.managementPort();
        return new Addresses(new ServerAddress(http, mqtt), management);
    }

    /** Every address of the machine is reached by its own. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "" -> "127.0.0.1";
            default -> host;
        };
    }
}
