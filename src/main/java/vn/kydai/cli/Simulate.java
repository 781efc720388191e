package vn.kydai.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.config.Settings;
import vn.kydai.registry.Parts;
import vn.kydai.simulate.District;
import vn.kydai.simulate.Player;
import vn.kydai.simulate.Scenario;
import vn.kydai.simulate.ServerAddress;
import vn.kydai.simulate.Simulator;

/** Sends to a running server: the demo's district, or a recording. */
@Command(
        name = "simulate",
        description = "Sends to a running server: the demo's district, or with --play a recording.",
        mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    @Option(names = "--play", paramLabel = "FILE", description = "CloudEvents in order of time, one a line")
    private @Nullable Path play;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "days worth seeing, at once: tet, merger or flood; for a server that nothing else is sent to")
    private @Nullable Scenario scenario;

    @Option(names = "--speed", paramLabel = "N|max", description = "of a recording (default: max)")
    private String speed = "max";

    @Option(names = "--times", paramLabel = "kept|now", description = "of a recording's events (default: kept)")
    private String times = "kept";

    @Option(names = "--via", paramLabel = "mqtt|http", description = "how a recording is sent (default: mqtt)")
    private String via = "mqtt";

    @Option(names = "--gateway", paramLabel = "ID", description = "speaks for sources without a token of their own")
    private @Nullable String gateway;

    @Option(names = "--token", paramLabel = "T", description = "the gateway's token")
    private @Nullable String token;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "JSON: {\"source id\": \"token\"} (default: the demo's)")
    private @Nullable Path tokensFile;

    @Option(names = "--http", paramLabel = "URL", description = "the server's address (default: of the configuration)")
    private @Nullable String http;

    @Option(
            names = "--mqtt",
            paramLabel = "HOST:PORT",
            description = "the server's MQTT (default: of the configuration)")
    private @Nullable String mqtt;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the district (default: demo.seed)")
    private @Nullable Long seed;

    Simulate(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = installation.settings();
        ServerAddress server = address(settings);
        if (scenario != null) {
            return new ScenarioRun(installation, console, scenario, seed(settings)).to(server);
        }
        return play == null ? simulate(settings, server) : play(server, play);
    }

    private int simulate(Settings settings, ServerAddress server) throws Exception {
        Parts parts = installation.parts();
        DemoFiles files = new DemoFiles(installation.directories().data());
        InstantSource clock = InstantSource.system();
        long played = seed(settings);
        Map<String, String> tokens = tokens();
        if (tokens.isEmpty()) {
            throw new Refusal(
                    "--tokens: found no " + files.tokensFile() + "; allowed: a file of tokens; demo writes one");
        }
        Vertx vertx = Vertx.vertx();
        Simulator.Plan plan = new Simulator.Plan(
                new District(played, parts.registry()),
                played,
                parts.registry().sources(),
                tokens,
                server,
                files.sentUntil(played, clock.instant()).orElse(null));
        Simulator simulator = new Simulator(plan, clock, until -> files.keepSentUntil(played, until));
        AtomicReference<Supplier<Future<Void>>> stopClients = new AtomicReference<>(Future::succeededFuture);
        Running running = Running.stopAtExit(List.of(() -> stopClients.get().get(), vertx::close));
        String deployment = Waiting.on(simulator.deploy(vertx));
        stopClients.set(() -> vertx.undeploy(deployment));
        console.err().println("sending to " + server.http() + "; stop with Ctrl-C");
        return running.untilStopped();
    }

    private long seed(Settings settings) {
        return seed == null ? settings.demo().seed() : seed;
    }

    private int play(ServerAddress server, Path file) throws Exception {
        if (!Files.isReadable(file)) {
            throw new Refusal("--play: found no readable file " + file);
        }
        Player player = new Player(
                new Player.Order(file, factor(), times(), via(), server, gateway, tokens()), InstantSource.system());
        Vertx vertx = Vertx.vertx();
        try {
            Player.Report report = Waiting.on(player.deploy(vertx).compose(deployed -> player.played()));
            print(report);
            return report.isWhole() ? 0 : 1;
        } finally {
            Waiting.on(vertx.close());
        }
    }

    private void print(Player.Report report) {
        Table table = new Table(List.of("sent", Long.toString(report.sent())));
        table.add(List.of("acknowledged", Long.toString(report.answers().acknowledged())));
        if (via() == Player.Via.HTTP) {
            table.add(List.of("  committed", Long.toString(report.answers().committed())));
            table.add(List.of("  duplicate", Long.toString(report.answers().duplicate())));
        }
        report.answers()
                .refused()
                .forEach((reason, count) -> table.add(List.of("refused " + reason, count.toString())));
        table.add(List.of("not sent: unreadable", Long.toString(report.unreadable())));
        table.add(List.of("not sent: no token", Long.toString(report.homeless())));
        console.out().print(table);
        console.out().flush();
    }

    private Map<String, String> tokens() {
        Map<String, String> tokens = new HashMap<>(
                tokensFile == null
                        ? new DemoFiles(installation.directories().data()).tokens()
                        : DemoFiles.readTokens(tokensFile));
        if (gateway != null && token != null) {
            tokens.put(gateway, token);
        }
        if (gateway != null && !tokens.containsKey(gateway)) {
            throw new Refusal("--gateway: found " + gateway
                    + ", whose token is not known; allowed: with --token, or one" + " of --tokens");
        }
        return tokens;
    }

    private double factor() {
        try {
            double factor = speed.equals("max") ? 0 : Double.parseDouble(speed);
            if (factor >= 0 && Double.isFinite(factor)) {
                return factor;
            }
        } catch (NumberFormatException e) {
            throw new Refusal("--speed: found " + speed + "; allowed: a number above 0, or max");
        }
        throw new Refusal("--speed: found " + speed + "; allowed: a number above 0, or max");
    }

    private Player.Times times() {
        return switch (times.toLowerCase(Locale.ROOT)) {
            case "kept" -> Player.Times.KEPT;
            case "now" -> Player.Times.NOW;
            default -> throw new Refusal("--times: found " + times + "; allowed: kept, now");
        };
    }

    private Player.Via via() {
        return switch (via.toLowerCase(Locale.ROOT)) {
            case "mqtt" -> Player.Via.MQTT;
            case "http" -> Player.Via.HTTP;
            default -> throw new Refusal("--via: found " + via + "; allowed: mqtt, http");
        };
    }

    private ServerAddress address(Settings settings) {
        String url = http == null
                ? "http://" + settings.http().host() + ":" + settings.http().port()
                : http.replaceFirst("/+$", "");
        String peer = mqtt == null
                ? settings.ingest().mqtt().host() + ":"
                        + settings.ingest().mqtt().port()
                : mqtt;
        try {
            URI parsed = URI.create("mqtt://" + peer);
            if (parsed.getHost() != null && parsed.getPort() > 0) {
                return new ServerAddress(url, InetSocketAddress.createUnresolved(parsed.getHost(), parsed.getPort()));
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal("--mqtt: found " + peer + "; allowed: HOST:PORT");
        }
        throw new Refusal("--mqtt: found " + peer + "; allowed: HOST:PORT");
    }
}
