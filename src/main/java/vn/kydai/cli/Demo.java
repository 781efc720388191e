package vn.kydai.cli;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.database.Database;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.simulate.District;
import vn.kydai.simulate.Scenario;
import vn.kydai.simulate.Simulator;

/** Runs the server together with the eleven communes of Quảng Điền as its clients. */
@Command(
        name = "demo",
        description = "Runs the server and a simulated district that sends to it.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
    private static final int FASTEST = 3_600;

    private final Installation installation;
    private final Console console;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu", Locale.ROOT).withZone(WorkingCalendar.ZONE);

    @Option(names = "--at", paramLabel = "TIME", description = "local time to begin at: 2026-11-25T09:00")
    private @Nullable LocalDateTime at;

    @Option(names = "--speed", paramLabel = "N", description = "how much faster its clock runs (default: demo.speed)")
    private @Nullable Integer speed;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "days worth seeing: tet, merger or flood; their data go to a directory of their own")
    private @Nullable Scenario scenario;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: demo.seed)")
    private @Nullable Long seed;

    Demo(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Parts parts = installation.parts();
        Registry registry = scenario == null ? parts.registry() : scenario.registry(parts.registry());
        int factor = factor();
        InstantSource clock = clock(factor);
        Server server = new Server(place(), installation.settings().madeUp(), clock);
        AtomicReference<Supplier<Future<Void>>> stopClients = new AtomicReference<>(Future::succeededFuture);
        List<Supplier<Future<Void>>> stopping = new ArrayList<>(server.stopping());
        stopping.addFirst(() -> stopClients.get().get());
        Running running = Running.stopAtExit(stopping);
        Server.Addresses addresses = Waiting.on(server.start());
        DemoAccess access = Waiting.on(provisioned(server, registry, clock));
        boolean isMoved = moveSourcesIfOver(server, registry, clock);
        Simulator simulator = simulator(registry, addresses, access, clock);
        String deployment = Waiting.on(simulator.deploy(server.vertx()));
        stopClients.set(() -> server.vertx().undeploy(deployment));
        (factor == 1 ? simulator.caughtUp() : simulator.past()).onSuccess(sent -> {
            if (clock instanceof SimulatedClock simulated) {
                simulated.run();
            }
            if (!isMoved) {
                moveSourcesInTime(server, registry, clock, factor);
            }
        });
        print(addresses, access, parts.registry().calendar().opening(clock.instant()));
        return running.untilStopped();
    }

    /** A scenario's journal is of another time than the demo's, so it has one of its own. */
    private Installation place() {
        return scenario == null ? installation : installation.below(scenario.id());
    }

    private int factor() {
        int given = scenario == null ? installation.settings().demo().speed() : scenario.speed();
        int factor = speed == null ? given : speed;
        if (factor < 1 || factor > FASTEST) {
            throw new Refusal("--speed: found " + factor + "; allowed: 1 to " + FASTEST);
        }
        return factor;
    }

    private InstantSource clock(int factor) {
        InstantSource real = InstantSource.system();
        Instant wanted = wanted(real);
        Instant start = begun(wanted);
        boolean isReal = at == null && scenario == null && factor == 1 && start.equals(wanted);
        return isReal ? real : new SimulatedClock(real, start, factor);
    }

    private Instant wanted(InstantSource real) {
        if (at != null) {
            return at.atZone(WorkingCalendar.ZONE).toInstant();
        }
        return scenario == null
                ? real.instant()
                : scenario.start().atZone(WorkingCalendar.ZONE).toInstant();
    }

    /** What was stopped goes on where it was, and says so: its journal cannot go back, and would take all that comes for repeats. */
    private Instant begun(Instant wanted) {
        Instant start = files().reached().filter(until -> until.isAfter(wanted)).orElse(wanted);
        if (start.isAfter(wanted)) {
            String time = TIME.format(start);
            console.err()
                    .println("kydai: Bản trình diễn chạy tiếp từ " + time
                            + ", nơi lần trước đã dừng. Muốn bắt đầu lại: xóa "
                            + place().directories().data() + " hoặc dùng --data khác.");
            console.err()
                    .println("kydai: the demo goes on at " + time + ", where it was stopped. To begin anew delete "
                            + place().directories().data() + " or give another --data.");
        }
        return start;
    }

    private DemoFiles files() {
        return new DemoFiles(place().directories().data());
    }

    private long seed() {
        return seed == null ? installation.settings().demo().seed() : seed;
    }

    private Future<DemoAccess> provisioned(Server server, Registry registry, InstantSource clock) {
        return withDatabase(
                server,
                database -> new SourceStore(database.pool())
                        .importIfAbsent(registry.sources(), clock.instant())
                        .compose(imported -> {
                            Provisioning provisioning = new Provisioning(database, files(), clock);
                            return scenario == null
                                    ? provisioning.provide(registry)
                                    : provisioning.provide(registry, scenario.scope());
                        }));
    }

    private <T> Future<T> withDatabase(Server server, Function<Database, Future<T>> work) {
        return Database.open(
                        server.vertx(),
                        server.settings().database(),
                        place().directories().data(),
                        Database.Ownership.COMMAND)
                .compose(database -> work.apply(database).eventually(database::close));
    }

    /** Does before anything is sent what operators did on the day on which units ended; false if that is still to come. */
    private boolean moveSourcesIfOver(Server server, Registry registry, InstantSource clock) throws Exception {
        if (scenario == null || scenario.moves(registry).isEmpty()) {
            return true;
        }
        boolean isOver = !scenario.moveAt().isAfter(clock.instant());
        if (isOver) {
            Waiting.on(moved(server, scenario, registry));
        }
        return isOver;
    }

    private void moveSourcesInTime(Server server, Registry registry, InstantSource clock, int factor) {
        Scenario played = requireNonNull(scenario, "no scenario");
        long wait = Duration.between(clock.instant(), played.moveAt()).toMillis() / factor;
        server.vertx()
                .setTimer(
                        Math.max(1, wait),
                        reached -> moved(server, played, registry)
                                .onFailure(problem -> console.err()
                                        .println("kydai: the sources could not move: " + problem.getMessage())));
    }

    private Future<Void> moved(Server server, Scenario played, Registry registry) {
        return withDatabase(server, database -> Moves.make(database, played.moves(registry), played.moveAt()));
    }

    private Simulator simulator(Registry registry, Server.Addresses addresses, DemoAccess access, InstantSource clock) {
        long played = seed();
        DemoFiles files = files();
        Instant since =
                access.isNew() ? null : files.sentUntil(played, clock.instant()).orElse(null);
        Simulator.Plan plan = new Simulator.Plan(
                scenario == null ? new District(played, registry) : new District(played, registry, scenario),
                played,
                registry.sources(),
                access.tokens(),
                addresses.events(),
                since);
        return new Simulator(plan, clock, until -> files.keepSentUntil(played, until));
    }

    private void print(Server.Addresses addresses, DemoAccess access, WorkingCalendar.Opening opening) {
        PrintWriter out = console.out();
        String http = addresses.events().http();
        out.println(addresses.ready());
        out.println();
        out.println("Màn hình · Wall      " + http + "/wall#token=" + access.wall());
        out.println("Đăng nhập · Sign in  " + http + "/signin");
        access.people().forEach((user, password) -> out.println("                     " + user + "   " + password));
        out.println("Bàn trực · Operator  " + http + "/operator   (truc-ban)");
        out.println("Báo cáo · Reports    " + http + "/reports");
        out.println("Màn hình mới · Setup " + http + "/setup   (quan-tri)");
        out.println("API                  " + http + "/docs");
        out.println("Thông số · Metrics   " + addresses.management() + "/metrics");
        out.println("Dừng · Stop          Ctrl-C");
        if (!opening.isOpen()) {
            out.println();
            out.println("Các bộ phận Một cửa đang đóng cửa, cảm biến vẫn gửi. Muốn xem một sáng đông khách: "
                    + "demo --at 2026-11-25T09:00");
            out.println("The desks are closed now, sensors go on. For a busy morning: demo --at 2026-11-25T09:00");
        }
        out.flush();
    }
}
