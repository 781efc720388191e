package vn.kydai.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vn.kydai.access.Account;
import vn.kydai.event.codec.Json;

/** Prints the people who may sign in, and who no longer may, one a line. */
@Command(name = "list", description = "Lists the people.", mixinStandardHelpOptions = true)
final class UserList implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    UserList(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<Account> accounts = installation.withDatabase(database ->
                AccessTo.tokens(database, InstantSource.system()).people().list());
        Table table = new Table(List.of("name", "role", "scope", "changed", "disabled", "display"));
        accounts.forEach(account -> table.add(List.of(
                account.name(),
                account.role().id(),
                account.scope(),
                Json.time(account.changedAt()),
                account.disabledAt() == null ? "-" : Json.time(account.disabledAt()),
                account.display())));
        console.out().print(table);
        console.out().flush();
        return 0;
    }
}
