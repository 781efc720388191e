package vn.kydai.cli;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vn.kydai.journal.Readmissions;

/** Lets the folds take an event again that was set aside, with a build that can. */
@Command(
        name = "readmit",
        description = "Takes an event again that was set aside: now beside a running server, else at its next start.",
        mixinStandardHelpOptions = true)
final class Readmit implements Callable<Integer> {
    private static final int MOST_NAMED = 20;
    private static final String BY = "command line";

    private final Installation installation;
    private final Console console;

    @Parameters(
            paramLabel = "POSITION",
            description = "of the event in the journal, as the reports' page of data quality lists it")
    private long position;

    Readmit(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<Long> known = installation.withDatabase(database -> {
            Readmissions readmissions = new Readmissions(database.pool());
            return readmissions
                    .setAside()
                    .compose(setAside -> setAside.contains(position)
                            ? readmissions
                                    .ask(position, BY, InstantSource.system().instant())
                                    .map(setAside)
                            : Future.succeededFuture(setAside));
        });
        if (!known.contains(position)) {
            throw new Refusal("POSITION: found " + position + ", which is not set aside; allowed: "
                    + (known.isEmpty()
                            ? "none, nothing is set aside"
                            : known.stream()
                                    .limit(MOST_NAMED)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))));
        }
        console.out().println("position " + position + " is taken again: now, or when the server next starts");
        return 0;
    }
}
