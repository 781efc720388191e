package vn.kydai.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server's classes loaded and linked ahead of time, in a file that a later start maps (JEP 483, in one step since JEP
 * 514). Java records them while a server runs, and writes the file after its end.
 */
record AotCache(Path file) {
    private static final int FIRST_JAVA = 25;
    private static final int LOOKS = 300;
    private static final long LOOK_MS = 200;

    /** Returns why there can be none here; nothing when there can. */
    static Optional<String> obstacle() {
        return obstacle(System.getProperty("java.class.path"), Runtime.version().feature());
    }

    static Optional<String> obstacle(String classPath, int java) {
        if (!classPath.endsWith(".jar") || classPath.contains(File.pathSeparator)) {
            return Optional.of("it does not run from a jar");
        }
        return java < FIRST_JAVA ? Optional.of("Java " + java + " is older than " + FIRST_JAVA) : Optional.empty();
    }

    /** Starts a site's server and stops it in order, and returns what Java has written. */
    static AotCache record(Site site) throws IOException, InterruptedException {
        AotCache cache = new AotCache(site.file("kydai.aot"));
        site.start(Map.of(), List.of("-XX:AOTCacheOutput=" + cache.file)).close();
        cache.awaitWhole();
        return cache;
    }

    /** Returns the JVM's options of a start that uses it. */
    List<String> options() {
        return List.of("-XX:AOTCache=" + file);
    }

    /** It is whole once it no longer grows. */
    private void awaitWhole() throws IOException, InterruptedException {
        long before = 0;
        for (int look = 0; look < LOOKS; look++) {
            long now = Files.exists(file) ? Files.size(file) : 0;
            if (now > 0 && now == before) {
                return;
            }
            before = now;
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        throw new IOException("Java wrote no whole AOT cache, see " + file.getParent());
    }
}
