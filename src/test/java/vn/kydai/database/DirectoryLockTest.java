package vn.kydai.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    private static final Path KERNEL_LOCKS = Path.of("/proc/locks");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSecondLookInTheSameProcessDoesNotFreeIt() throws Exception {
        assumeTrue(Files.isReadable(KERNEL_LOCKS));

        // Given
        Path file = directory.resolve("owner.lock");
        try (DirectoryLock first =
                DirectoryLock.tryTake(file, Database.Ownership.SERVER).orElseThrow()) {
            assertTrue(isLocked(file), first::toString);

            // When
            Optional<DirectoryLock> second = DirectoryLock.tryTake(file, Database.Ownership.COMMAND);

            // Then
            assertEquals(Optional.empty(), second);
            assertTrue(DirectoryLock.holder(file).startsWith("SERVER "));
            assertTrue(isLocked(file));
        }
        assertFalse(isLocked(file));
    }

    @Test
    void itCanBeTakenAgainOnceItIsFree() throws Exception {
        Path file = directory.resolve("owner.lock");
        DirectoryLock.tryTake(file, Database.Ownership.SERVER).orElseThrow().close();

        Optional<DirectoryLock> again = DirectoryLock.tryTake(file, Database.Ownership.COMMAND);

        assertTrue(again.isPresent());
        assertTrue(DirectoryLock.holder(file).startsWith("COMMAND "));
        again.orElseThrow().close();
    }

    @Test
    void whatADeadProcessLeftBehindDoesNotHoldIt() throws Exception {
        Path file = directory.resolve("owner.lock");
        Files.writeString(
                directory.resolve("owner.lock.holder"),
                "SERVER " + ProcessHandle.current().pid() + " since 2001-01-01T00:00:00Z");

        Optional<DirectoryLock> taken = DirectoryLock.tryTake(file, Database.Ownership.SERVER);

        assertTrue(taken.isPresent());
        taken.orElseThrow().close();
    }

    private static boolean isLocked(Path file) throws IOException {
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        String process = " " + ProcessHandle.current().pid() + " ";
        return Files.readAllLines(KERNEL_LOCKS).stream()
                .anyMatch(line -> line.contains(inode) && line.contains(process));
    }
}
