package vn.kydai;

import java.lang.reflect.InvocationTargetException;

/**
 * The entry class. It alone is compiled for an older Java, so that it can say which Java is needed instead of dying with
 * an {@code UnsupportedClassVersionError}; it reaches the rest by name only.
 */
public final class Main {
    private static final int NEEDED_JAVA = 21;
    private static final int EXIT_USAGE = 2;

    private Main() {}

    /** Runs one command: 0 fine, 1 failed, 2 usage or configuration. */
    public static void main(String[] args) throws ReflectiveOperationException {
        int found = Runtime.version().feature();
        if (found < NEEDED_JAVA) {
            System.err.printf(
                    "Kydai needs Java %d or newer; this is Java %d (%s).%n"
                            + "Run it with a newer one: /path/to/jdk-%d/bin/java -jar kydai.jar%n",
                    NEEDED_JAVA, found, System.getProperty("java.home"), NEEDED_JAVA);
            System.exit(EXIT_USAGE);
        }
        try {
            Class.forName("vn.kydai.cli.CommandLine")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the command line failed", e.getCause());
        }
    }
}
