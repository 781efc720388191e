package vn.kydai.cli;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.access.Role;

/** Adds a token for a screen or a script; prints it and nothing else. */
@Command(name = "add", description = "Adds a token. Prints it.", mixinStandardHelpOptions = true)
final class TokenAdd implements Callable<Integer> {
    /** Whoever acts is a person with an account. */
    private static final Set<Role> ALLOWED = EnumSet.of(Role.WALL, Role.READER);

    private final Installation installation;
    private final Console console;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "wall or reader; people have accounts, see user add")
    private String role = "";

    @Option(names = "--scope", required = true, paramLabel = "AREA", description = "id of the area it may see")
    private String scope = "";

    @Option(names = "--days", paramLabel = "N", description = "how long it is good, days (default: until revoked)")
    private int days;

    @Option(names = "--name", paramLabel = "NAME", description = "of the screen or script, for the audit log")
    private String name = "";

    TokenAdd(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Role allowed = Role.ofId(role).filter(ALLOWED::contains).orElseThrow(this::unknownRole);
        if (days < 0) {
            throw new Refusal("--days: found " + days + "; allowed: 0 (until revoked) or more");
        }
        String area = installation.checkedArea("--scope", scope);
        String named = name.isEmpty() ? role + " " + area : name;
        InstantSource clock = InstantSource.system();
        String secret = installation.withDatabase(database ->
                AccessTo.tokens(database, clock).addToken(allowed, area, days, named, clock.instant(), AccessTo.WHO));
        console.out().println(secret);
        return 0;
    }

    private Refusal unknownRole() {
        String allowed = ALLOWED.stream().map(Role::id).collect(Collectors.joining(", "));
        return new Refusal("--role: found " + role + "; allowed: " + allowed);
    }
}
