package vn.kydai.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import vn.kydai.database.Database;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.simulate.District;
import vn.kydai.simulate.PastDays;
import vn.kydai.simulate.Scenario;
import vn.kydai.simulate.ServerAddress;
import vn.kydai.simulate.Simulator;

/** Sends a scenario's days to a running server of this installation, and says what became of them. */
final class ScenarioRun {
    private final Installation installation;
    private final Console console;
    private final Scenario scenario;
    private final long seed;

    ScenarioRun(Installation installation, Console console, Scenario scenario, long seed) {
        this.installation = installation;
        this.console = console;
        this.scenario = scenario;
        this.seed = seed;
    }

    /** Returns the exit code. */
    int to(ServerAddress server) throws Exception {
        Registry registry = scenario.registry(installation.parts().registry());
        DemoAccess access = installation.withDatabase(database -> provided(database, registry));
        Simulator.Plan plan = new Simulator.Plan(
                new District(seed, registry, scenario), seed, registry.sources(), access.tokens(), server, null);
        Vertx vertx = Vertx.vertx();
        try {
            PastDays days =
                    new PastDays(plan, scenario.days(), day -> console.err().println("sent " + day));
            PastDays.Report report = Waiting.on(days.deploy(vertx).compose(deployed -> days.done()));
            print(report, access, server);
            return report.isWhole() ? 0 : 1;
        } finally {
            Waiting.on(vertx.close());
        }
    }

    private Future<DemoAccess> provided(Database database, Registry registry) {
        InstantSource clock = InstantSource.system();
        DemoFiles files = new DemoFiles(installation.directories().data());
        return new SourceStore(database.pool())
                .importIfAbsent(registry.sources(), clock.instant())
                .compose(imported -> new Provisioning(database, files, clock).provide(registry, scenario.scope()))
                .compose(access -> Moves.make(database, scenario.moves(registry), scenario.moveAt())
                        .map(access));
    }

    private void print(PastDays.Report report, DemoAccess access, ServerAddress server) {
        Table table =
                new Table(List.of("acknowledged", Long.toString(report.answers().acknowledged())));
        report.answers()
                .refused()
                .forEach((reason, count) -> table.add(List.of("refused " + reason, count.toString())));
        table.add(List.of("not sent: no token", Long.toString(report.dropped())));
        table.add(List.of(
                "the wall then",
                server.http() + "/api/v1/areas/" + scenario.scope() + "/wall?known=now&at="
                        + scenario.start().toLocalDate() + "T09:00:00Z"));
        table.add(List.of("token", access.wall()));
        console.out().print(table);
        console.out().flush();
    }
}
