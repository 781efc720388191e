package vn.kydai.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/** Which build this is. */
public final class Build {
    private static final String UNKNOWN = "unknown";

    /** No build is older, whatever a copy without its history does not know. */
    private static final String FIRST = "2026-01-01T00:00:00Z";

    private Build() {}

    /** Returns version and commit: {@code 0.1.0+3f2a1c9}. */
    public static String name() {
        Properties properties = properties();
        return properties.getProperty("git.build.version", UNKNOWN)
                + "+"
                + properties.getProperty("git.commit.id.abbrev", UNKNOWN);
    }

    /** Returns when its commit was made: no machine that runs it can be before that. */
    public static Instant time() {
        try {
            return Instant.parse(properties().getProperty("git.commit.time", FIRST));
        } catch (DateTimeParseException e) {
            return Instant.parse(FIRST);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream file = Build.class.getResourceAsStream("/build.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
        return properties;
    }
}
