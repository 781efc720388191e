package vn.kydai;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Configuration.Part;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;
import vn.kydai.registry.Parts;

/**
 * Reads the files of the configuration anew when one has changed and then stood still for a look. They are taken whole or
 * not at all: while one is refused, what was known before stays in force. Looks instead of being told, since no file
 * system tells of changes through a mount or a link that is turned.
 */
final class ConfigurationWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final long LOOK_EVERY_MS = 1_000;

    private final Vertx vertx;
    private final Path directory;
    private final ConfigurationFeed feed;
    private final Counters readings;
    private Map<Path, Stamp> seen = Map.of();
    private Map<Path, Stamp> read = Map.of();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private long timer;
    private volatile List<String> problems = List.of();

    /** What tells one content of a file from another. */
    private record Stamp(FileTime modified, long bytes) {}

    ConfigurationWatch(Vertx vertx, Path directory, ConfigurationFeed feed, MeterRegistry registry) {
        this.vertx = vertx;
        this.directory = directory;
        this.feed = feed;
        Meters meters = new Meters(registry, "configuration");
        readings = meters.counters(
                "readings",
                "",
                "times the changed files were read anew, by what came of it",
                Label.of("outcome", "accepted", "refused"));
        meters.gauge(
                "problems",
                "",
                "problems of the files as they are now; while there is one, what was known before stays in force",
                () -> problems.size());
    }

    /** Begins to look, on one context. */
    void start() {
        timer = vertx.setPeriodic(LOOK_EVERY_MS, LOOK_EVERY_MS, look -> look());
    }

    /** Ends it. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** Returns why the files are refused as they are now, one line each; empty when they are in force. */
    List<String> problems() {
        return problems;
    }

    private void look() {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(this::stamps).compose(this::looked).onComplete(done -> {
            isLooking.set(false);
            if (done.failed()) {
                LOGGER.atWarn().setCause(done.cause()).log("could not take the configuration; trying again");
            }
        });
    }

    private Future<Void> looked(Map<Path, Stamp> now) {
        boolean isStill = now.equals(seen);
        seen = now;
        if (!isStill || now.equals(read)) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> Parts.load(directory)).transform(loaded -> take(now, loaded));
    }

    private Future<Void> take(Map<Path, Stamp> of, AsyncResult<Parts> loaded) {
        if (loaded.failed()) {
            return refused(of, loaded.cause());
        }
        return feed.take(loaded.result())
                .onSuccess(changed -> {
                    read = of;
                    accept(changed);
                })
                .<Void>mapEmpty()
                .recover(cause -> refused(of, cause));
    }

    private Future<Void> refused(Map<Path, Stamp> of, Throwable cause) {
        if (cause instanceof ConfigurationException refused) {
            read = of;
            refuse(refused.problems());
            return Future.succeededFuture();
        }
        return Future.failedFuture(cause);
    }

    private void refuse(List<String> why) {
        problems = List.copyOf(why);
        readings.of("refused").increment();
        LOGGER.atError().addKeyValue("problems", problems).log("the changed configuration is refused; nothing changes");
    }

    private void accept(List<Part> changed) {
        problems = List.of();
        if (!changed.isEmpty()) {
            readings.of("accepted").increment();
            LOGGER.atInfo().addKeyValue("parts", changed).log("the changed configuration is in force");
        }
    }

    private Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".yaml"))::iterator) {
                stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            }
        }
        return stamps;
    }
}
