package vn.kydai.cli;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;

/** Prints the registered sources, one a line. */
@Command(name = "list", description = "Lists the registered sources.", mixinStandardHelpOptions = true)
final class DeviceList implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    DeviceList(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Sources sources = installation.withDatabase(database -> new SourceStore(database.pool()).load());
        Table table = new Table(List.of("id", "kind", "area", "behind", "state"));
        sources.all().stream()
                .sorted(Comparator.comparing(Source::id))
                .forEach(source -> table.add(List.of(
                        source.id(),
                        source.kind().id(),
                        source.registrations().getLast().area(),
                        source.behind() == null ? "-" : source.behind(),
                        source.isRevoked() ? "revoked" : "registered")));
        console.out().print(table);
        console.out().flush();
        return 0;
    }
}
