package vn.kydai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is. */
public final class Build {
    private static final String UNKNOWN = "unknown";

    private Build() {}

    /** Returns version and commit: {@code 0.1.0+3f2a1c9}. */
    public static String name() {
        Properties properties = new Properties();
        try (InputStream file = Build.class.getResourceAsStream("/build.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
        return properties.getProperty("git.build.version", UNKNOWN)
                + "+"
                + properties.getProperty("git.commit.id.abbrev", UNKNOWN);
    }
}
