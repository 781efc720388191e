package vn.kydai.aggregate.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import vn.kydai.aggregate.Figures;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.Digest;

/**
 * Names what wrote a checkpoint: a digest of the code that folds and of what it was told. Another build may count
 * otherwise, so it folds the journal from its beginning and never goes on from what it did not write.
 */
public final class FoldFormat {
    private static final List<String> CODE = List.of("vn/kydai/aggregate/", "vn/kydai/event/", "vn/kydai/registry/");

    /** By what the folds are told: code does not change while it runs. */
    private static final Map<String, String> READ = new ConcurrentHashMap<>();

    private FoldFormat() {}

    /** Returns the format of this code with the bounds it is told. Reads the code, once: not for an event loop. */
    public static String of(Settings.Aggregate settings) {
        return READ.computeIfAbsent(settings.latenessDays() + "\n" + settings.eventsPerSourceDay(), FoldFormat::read);
    }

    private static String read(String told) {
        try {
            Path code = Path.of(Figures.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<String> classes = Files.isDirectory(code) ? inDirectory(code) : inJar(code);
            Collections.sort(classes);
            return Digest.of((told + "\n" + String.join("\n", classes)).getBytes(StandardCharsets.UTF_8));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code lies at no path", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> classes = new ArrayList<>();
            file.stream()
                    .filter(entry -> isCode(entry.getName()))
                    .forEach(entry -> classes.add(entry.getName() + " " + entry.getCrc()));
            return classes;
        }
    }

    private static List<String> inDirectory(Path directory) throws IOException {
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (isCode(name)) {
                    classes.add(name + " " + crc(file));
                }
            }
        }
        return classes;
    }

    private static boolean isCode(String name) {
        return name.endsWith(".class") && CODE.stream().anyMatch(name::startsWith);
    }

    private static long crc(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                CheckedInputStream checked = new CheckedInputStream(bytes, new CRC32())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }
}
