package vn.kydai.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vn.kydai.registry.Actor;
import vn.kydai.registry.SourceStore;

/** Lets a source sign in no more. */
@Command(name = "revoke", description = "Lets a source sign in no more.", mixinStandardHelpOptions = true)
final class DeviceRevoke implements Callable<Integer> {
    private final Installation installation;

    @Parameters(paramLabel = "ID", description = "its source id")
    private String id = "";

    DeviceRevoke(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        installation.withDatabase(database -> new SourceStore(database.pool())
                .revoke(id, InstantSource.system().instant(), Actor.COMMAND_LINE));
        return 0;
    }
}
