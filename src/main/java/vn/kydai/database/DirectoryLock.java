package vn.kydai.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Who owns the embedded PostgreSQL of a data directory; freed by the kernel when its process dies. Who has it stands in a
 * file of its own: a process that closes a file, even one opened only to read, loses all its locks on it (POSIX).
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path holder;

    private DirectoryLock(FileChannel channel, Path holder) {
        this.channel = channel;
        this.holder = holder;
    }

    /** Takes the lock if it is free, and writes down who has it. */
    static synchronized Optional<DirectoryLock> tryTake(Path file, Database.Ownership ownership) throws IOException {
        if (holder(file).endsWith(thisProcess())) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            return Optional.empty();
        }
        Files.writeString(holderFile(file), ownership.name() + " " + thisProcess());
        return Optional.of(new DirectoryLock(channel, holderFile(file)));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Returns what the holder wrote, such as {@code SERVER 4711}; empty while there is none. */
    static String holder(Path file) throws IOException {
        try {
            return Files.readString(holderFile(file));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static Path holderFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".holder");
    }

    /** Names this process for good: in a container every start may have the same number. */
    private static String thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid()
                + self.info().startInstant().map(start -> " since " + start).orElse("");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(holder);
        channel.close();
    }
}
