package vn.kydai.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed server leaves behind in a data directory nobody else holds: a postmaster that lives on, backends whose
 * postmaster is dead (they hold the shared memory and so keep the next one from starting), or a pid file whose number now
 * belongs to some other program (PostgreSQL would take it for a running server).
 */
final class Orphans {
    private static final Logger LOGGER = LoggerFactory.getLogger(Orphans.class);
    private static final long PATIENCE_S = 5;

    private Orphans() {}

    static void stop(Programs programs, Path cluster) throws IOException, InterruptedException {
        Path pidFile = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> named = named(pidFile);
        if (named.isPresent() && livesIn(named.get(), cluster)) {
            LOGGER.atWarn().addKeyValue("pid", named.get().pid()).log("stopping a PostgreSQL that outlived its server");
            EmbeddedServer.stop(programs, cluster);
        } else if (named.isPresent()) {
            LOGGER.atWarn().addKeyValue("pid", named.get().pid()).log("removing the pid file of a dead PostgreSQL");
            Files.deleteIfExists(pidFile);
        }
        for (ProcessHandle left : livingIn(cluster)) {
            LOGGER.atWarn().addKeyValue("pid", left.pid()).log("ending a process of a dead PostgreSQL");
            end(left);
        }
    }

    /** Returns the process a pid file names, if it runs. */
    static Optional<ProcessHandle> named(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Every process of PostgreSQL, and nothing else of ours, has the data directory as its working directory. */
    private static List<ProcessHandle> livingIn(Path cluster) {
        return ProcessHandle.allProcesses()
                .filter(process -> livesIn(process, cluster))
                .toList();
    }

    static boolean livesIn(ProcessHandle process, Path cluster) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(cluster.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle process) throws InterruptedException {
        CompletableFuture<ProcessHandle> ended = process.onExit();
        process.destroy();
        try {
            ended.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process to end failed", e);
        }
    }
}
