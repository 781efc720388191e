package vn.kydai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param memoryGib of the machine
 * @param postgres its version, and whether it is the embedded one
 * @param build of Kydai
 * @param command how it was called
 */
public record Machine(
        String cpu,
        int cores,
        double memoryGib,
        String system,
        String kernel,
        String java,
        String postgres,
        String build,
        String command) {
    private static final double KIB_PER_GIB = 1_048_576;
    private static final String UNKNOWN = "unknown";

    /** Looks around. */
    static Machine here(String postgres, String build, List<String> arguments) {
        String memory =
                value("/proc/meminfo", "MemTotal:", UNKNOWN).replace("kB", "").strip();
        return new Machine(
                value("/proc/cpuinfo", "model name", UNKNOWN),
                Runtime.getRuntime().availableProcessors(),
                memory.equals(UNKNOWN) ? Double.NaN : Long.parseLong(memory) / KIB_PER_GIB,
                value("/etc/os-release", "PRETTY_NAME=", System.getProperty("os.name")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                postgres,
                build,
                "kydai " + String.join(" ", arguments));
    }

    private static String value(String file, String key, String fallback) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length())
                            .replaceFirst("^[\\s:]+", "")
                            .replace("\"", ""))
                    .findFirst()
                    .orElse(fallback);
        } catch (IOException e) {
            return fallback;
        }
    }
}
