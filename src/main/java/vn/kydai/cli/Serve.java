package vn.kydai.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import vn.kydai.config.Build;
import vn.kydai.journal.MachineClock;

/** Runs the server until it is told to stop. */
@Command(name = "serve", description = "Runs the server (default).", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Serve.class);

    private final Installation installation;
    private final Console console;

    Serve(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        InstantSource clock = MachineClock.system(Build.time());
        Server server = new Server(installation, clock);
        Running running = Running.stopAtExit(server.stopping());
        console.out().println(Waiting.on(server.start()).ready());
        if (isNobodyKnown(clock)) {
            console.err()
                    .println(
                            "kydai: nobody can sign in yet; the first one: kydai user add --name NAME --role admin --scope AREA");
        }
        return running.untilStopped();
    }

    /** A database that breaks now is no reason to end: the server waits for it. */
    private boolean isNobodyKnown(InstantSource clock) {
        try {
            return installation
                    .withDatabase(database ->
                            AccessTo.tokens(database, clock).people().list())
                    .isEmpty();
        } catch (Exception e) {
            LOGGER.atWarn()
                    .addKeyValue("failure", e.getClass().getName())
                    .log("could not look whether anybody can sign in: the database does not answer");
            return false;
        }
    }
}
