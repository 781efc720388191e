package vn.kydai.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.access.Account;

/** Adds a person; prints the first password and nothing else. */
@Command(name = "add", description = "Adds a person. Prints the first password.", mixinStandardHelpOptions = true)
final class UserAdd implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "to sign in with: lan.tran")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "reader, operator (acts on alarms), commander (confirms orders too) or admin")
    private String role = "";

    @Option(names = "--scope", required = true, paramLabel = "AREA", description = "id of the area to see and act in")
    private String scope = "";

    @Option(names = "--display", paramLabel = "TEXT", description = "name for others to read (default: NAME)")
    private String display = "";

    UserAdd(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Account.Terms terms = terms(installation.checkedArea("--scope", scope));
        InstantSource clock = InstantSource.system();
        String password = installation
                .withDatabase(
                        database -> AccessTo.tokens(database, clock).people().add(terms, AccessTo.WHO, AccessTo.REMOTE))
                .orElseThrow(() -> new Refusal("--name: found " + name + ", which is taken; allowed: another one"));
        console.out().println(password);
        return 0;
    }

    private Account.Terms terms(String area) {
        try {
            return new Account.Terms(name, display, Account.Terms.role(role), area);
        } catch (IllegalArgumentException e) {
            throw new Refusal("--" + e.getMessage());
        }
    }
}
