package vn.kydai.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a token and the sessions opened with it. */
@Command(name = "revoke", description = "Ends a token.", mixinStandardHelpOptions = true)
final class TokenRevoke implements Callable<Integer> {
    private final Installation installation;

    @Parameters(
            paramLabel = "ID",
            description = "its id, as listed; one that begins with a hyphen, as earlier versions made, after --")
    private String id = "";

    TokenRevoke(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        InstantSource clock = InstantSource.system();
        boolean isRevoked = installation.withDatabase(
                database -> AccessTo.tokens(database, clock).revokeToken(id, clock.instant(), AccessTo.WHO));
        if (!isRevoked) {
            throw new Refusal("ID: found " + id + "; allowed: the id of a token that is good, see token list");
        }
        return 0;
    }
}
