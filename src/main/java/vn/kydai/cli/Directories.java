package vn.kydai.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where an installation keeps its configuration and its data; every command takes them. */
final class Directories {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "directory of the configuration (default: config/)",
            scope = ScopeType.INHERIT)
    private Path config = Path.of("config");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "directory of the data (default: data/)",
            scope = ScopeType.INHERIT)
    private Path data = Path.of("data");

    /** Returns the same configuration with a directory of its own within the data. */
    Directories below(String name) {
        Directories below = new Directories();
        below.config = config;
        below.data = data.resolve(name);
        return below;
    }

    Path config() {
        return config;
    }

    Path data() {
        return data;
    }
}
