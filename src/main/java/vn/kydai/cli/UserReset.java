package vn.kydai.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a person a new first password and ends the person's sessions and lock-out; prints it and nothing else. */
@Command(name = "reset", description = "Gives a person a new password. Prints it.", mixinStandardHelpOptions = true)
final class UserReset implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "the user name, as listed")
    private String name = "";

    UserReset(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        InstantSource clock = InstantSource.system();
        String password = installation
                .withDatabase(database ->
                        AccessTo.tokens(database, clock).people().reset(name, AccessTo.WHO, AccessTo.REMOTE))
                .orElseThrow(() -> UserDisable.unknown(name));
        console.out().println(password);
        return 0;
    }
}
