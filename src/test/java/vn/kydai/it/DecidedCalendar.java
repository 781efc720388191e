package vn.kydai.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shipped configuration with a calendar in which every year is decided, so that a server on the machine's clock has
 * nothing to remind of, whatever the date.
 */
final class DecidedCalendar {
    private static final String FILE = "calendar.yaml";
    private static final String EXPECTED = ", expected: true";
    private static final String AFTER = "# Làm bù";

    private DecidedCalendar() {}

    /** Writes it into a directory of the data's and returns that. */
    static Path in(Path data) throws IOException {
        Path directory = Files.createDirectories(data.resolve("config"));
        try (Stream<Path> files = Files.list(Path.of("config"))) {
            files.filter(Files::isRegularFile).forEach(file -> copy(file, directory));
        }
        Path calendar = directory.resolve(FILE);
        String shipped = Files.readString(calendar);
        if (!shipped.contains(AFTER)) {
            throw new IllegalStateException(FILE + " no longer says where its days off end: " + AFTER);
        }
        int first = lastDecided(shipped) + 1;
        Files.writeString(calendar, shipped.replace(EXPECTED, "").replace(AFTER, daysOf(first) + AFTER));
        return directory;
    }

    private static int lastDecided(String shipped) {
        return IntStream.rangeClosed(2024, 2050)
                .filter(year -> shipped.contains("{date: " + year))
                .max()
                .orElseThrow();
    }

    /** Tết lies within some days of one of these in every year. */
    private static String daysOf(int first) {
        StringBuilder days = new StringBuilder();
        IntStream.rangeClosed(first, 2050)
                .forEach(year -> Stream.of("01-29", "02-05", "02-12", "02-19")
                        .forEach(day ->
                                days.append("  - {date: %d-%s, kind: holiday, name: \"Tết\"}%n".formatted(year, day))));
        return days.append('\n').toString();
    }

    private static void copy(Path file, Path directory) {
        try {
            Files.copy(file, directory.resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
