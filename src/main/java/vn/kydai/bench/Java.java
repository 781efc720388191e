package vn.kydai.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts our own classes in processes of their own. */
final class Java {
    private Java() {}

    /** Returns a process that runs a class of this class path on this Java, not yet started. */
    static ProcessBuilder process(List<String> options, String mainClass, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.add("--enable-native-access=ALL-UNNAMED");
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        line.addAll(arguments);
        return new ProcessBuilder(line);
    }
}
