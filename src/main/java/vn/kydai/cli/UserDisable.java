package vn.kydai.cli;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vn.kydai.access.People;

/** Keeps a person out and ends the person's sessions, or lets the person in again: one class under two names. */
@Command(mixinStandardHelpOptions = true)
final class UserDisable implements Callable<Integer> {
    /** Name of the command that keeps a person out. */
    static final String DISABLE = "disable";

    /** Name of the command that lets a person in again. */
    static final String ENABLE = "enable";

    private final Installation installation;
    private final boolean isDisabled;

    @Parameters(paramLabel = "NAME", description = "the user name, as listed")
    private String name = "";

    UserDisable(Installation installation, boolean isDisabled) {
        this.installation = installation;
        this.isDisabled = isDisabled;
    }

    @Override
    public Integer call() throws Exception {
        InstantSource clock = InstantSource.system();
        boolean unused = installation.withDatabase(database -> {
            People people = AccessTo.tokens(database, clock).people();
            return people.find(name)
                    .compose(found -> found.isEmpty()
                            ? Future.<Boolean>failedFuture(unknown(name))
                            : people.change(found.get(), found.get().terms(), isDisabled, AccessTo.WHO, AccessTo.REMOTE)
                                    .map(true));
        });
        return 0;
    }

    static Refusal unknown(String name) {
        return new Refusal("NAME: found " + name + "; allowed: a user name, see user list");
    }
}
