package vn.kydai.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The settings of a whole server in a test. */
public final class TestSettings {
    private TestSettings() {}

    /** Returns the defaults, but on loopback and on whatever ports are free. */
    public static Settings onFreePorts() {
        Settings defaults = Settings.DEFAULTS;
        Settings.Ingest ingest = defaults.ingest();
        return new Settings(
                new Settings.Http("127.0.0.1", 0, "", "", 100, 30),
                new Settings.Management("127.0.0.1", 0),
                new Settings.Ingest(
                        ingest.clockSkewSeconds(),
                        ingest.maxEventBytes(),
                        ingest.sharePercent(),
                        new Settings.Mqtt("embedded", "127.0.0.1", 0, 0, "", "", 0, 100, 100, 100, 300),
                        ingest.http()),
                defaults.journal(),
                defaults.aggregate(),
                defaults.database(),
                defaults.wall(),
                defaults.outbound(),
                defaults.report(),
                defaults.demo());
    }

    /** Copies the shipped configuration to a directory in which a test may change it. */
    public static void copyShippedTo(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("config"))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }
}
