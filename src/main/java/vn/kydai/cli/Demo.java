package vn.kydai.cli;

import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.database.Database;
import vn.kydai.registry.Parts;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.simulate.District;
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

    @Option(names = "--at", paramLabel = "TIME", description = "local time to begin at: 2026-11-25T09:00")
    private @Nullable LocalDateTime at;

    @Option(names = "--speed", paramLabel = "N", description = "how much faster its clock runs (default: demo.speed)")
    private @Nullable Integer speed;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: demo.seed)")
    private @Nullable Long seed;

    Demo(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Parts parts = installation.parts();
        InstantSource clock = clock();
        Server server = new Server(installation, clock);
        AtomicReference<Supplier<Future<Void>>> stopClients = new AtomicReference<>(Future::succeededFuture);
        List<Supplier<Future<Void>>> stopping = new ArrayList<>(server.stopping());
        stopping.addFirst(() -> stopClients.get().get());
        Running running = Running.stopAtExit(stopping);
        Server.Addresses addresses = Waiting.on(server.start());
        DemoAccess access = Waiting.on(provisioned(server, parts, clock));
        Simulator simulator = simulator(server, parts, addresses, access, clock);
        String deployment = Waiting.on(simulator.deploy(server.vertx()));
        stopClients.set(() -> server.vertx().undeploy(deployment));
        print(addresses, access, parts.registry().calendar().opening(clock.instant()));
        return running.untilStopped();
    }

    private InstantSource clock() {
        InstantSource real = InstantSource.system();
        int factor = speed == null ? installation.settings().demo().speed() : speed;
        if (factor < 1 || factor > FASTEST) {
            throw new Refusal("--speed: found " + factor + "; allowed: 1 to " + FASTEST);
        }
        Instant start =
                at == null ? real.instant() : at.atZone(WorkingCalendar.ZONE).toInstant();
        return at == null && factor == 1 ? real : new SimulatedClock(real, start, factor);
    }

    private long seed(Server server) {
        return seed == null ? server.settings().demo().seed() : seed;
    }

    private Future<DemoAccess> provisioned(Server server, Parts parts, InstantSource clock) {
        DemoFiles files = new DemoFiles(installation.directories().data());
        return Database.open(
                        server.vertx(),
                        server.settings().database(),
                        installation.directories().data(),
                        Database.Ownership.COMMAND)
                .compose(database -> new Provisioning(database, files, clock)
                        .provide(parts.registry())
                        .eventually(database::close));
    }

    private Simulator simulator(
            Server server, Parts parts, Server.Addresses addresses, DemoAccess access, InstantSource clock) {
        long played = seed(server);
        DemoFiles files = new DemoFiles(installation.directories().data());
        Instant since =
                access.isNew() ? null : files.sentUntil(played, clock.instant()).orElse(null);
        Simulator.Plan plan = new Simulator.Plan(
                new District(played, parts.registry()),
                played,
                parts.registry().sources(),
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
        out.println("Quản trị · Admin     " + access.admin() + "   (Authorization: Bearer …)");
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
