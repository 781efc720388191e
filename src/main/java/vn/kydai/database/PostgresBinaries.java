package vn.kydai.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once beside the data they serve: in a temporary directory a clean-up could take them
 * from under a running server.
 */
final class PostgresBinaries {
    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresBinaries.class);

    /** Names the unpacked directory; move it with {@code postgres.binaries.version} of the build. */
    private static final String VERSION = "18.6.0";

    private PostgresBinaries() {}

    /** Returns the directory with {@code bin/}, unpacking it first when it is not there. */
    static Path unpackedUnder(Path parent) throws IOException {
        Path home = parent.resolve("programs-" + VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, "unpacking-");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(unfinished);
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unfinished);
            if (!Files.isDirectory(home)) {
                throw e;
            }
            LOGGER.atDebug().log("another process unpacked PostgreSQL first");
        }
        return home;
    }

    private static void unpack(Path home) throws IOException {
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        try (@Nullable InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", machine)) {
            if (packed == null) {
                throw new IOException("no embedded PostgreSQL for Linux on " + machine + ": set database.uri");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(home, tar, entry);
            }
        }
    }

    private static void unpack(Path home, InputStream content, TarArchiveEntry entry) throws IOException {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("the archive of PostgreSQL reaches outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if (target.startsWith(home.resolve("bin"))) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Deletes a directory and everything under it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
