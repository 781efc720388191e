package vn.kydai.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.ClockWords;

/** Tells a server that does not believe its clock, as after a stop of weeks, that the clock is right. */
@Command(
        name = "confirm",
        description = "Tells a server that does not believe this machine's clock that it is right now.",
        mixinStandardHelpOptions = true)
final class ClockConfirm implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    ClockConfirm(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Instant now = InstantSource.system().instant();
        installation.withDatabase(database -> new ClockWords(database.pool()).say(now));
        console.out()
                .println("confirmed: it is " + Json.time(now)
                        + "; a running server takes the clock for right within seconds");
        return 0;
    }
}
