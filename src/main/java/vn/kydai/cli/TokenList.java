package vn.kydai.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import vn.kydai.event.codec.Json;

/** Prints the tokens without their secrets, one a line. */
@Command(name = "list", description = "Lists the tokens.", mixinStandardHelpOptions = true)
final class TokenList implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    TokenList(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<vn.kydai.access.Token> tokens = installation.withDatabase(
                database -> AccessTo.tokens(database, InstantSource.system()).listTokens());
        Table table = new Table(List.of("id", "role", "scope", "created", "expires", "revoked", "name"));
        tokens.forEach(token -> table.add(List.of(
                token.id(),
                token.role().id(),
                token.scope(),
                Json.time(token.createdAt()),
                time(token.expiresAt()),
                time(token.revokedAt()),
                token.name())));
        console.out().print(table);
        console.out().flush();
        return 0;
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "-" : Json.time(instant);
    }
}
