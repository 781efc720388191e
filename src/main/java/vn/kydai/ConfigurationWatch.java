package vn.kydai;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.YamlFile;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.GeoJson;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;
import vn.kydai.registry.Parts;

/**
 * Reads the files of the configuration anew when what they say has changed and then stood still for a look. They are taken
 * whole or not at all: while one is refused, what was known before stays in force, and it is tried again now and then, since
 * what it lacked may lie elsewhere. Looks instead of being told, since no file system tells of changes through a mount or a
 * link that is turned; looks at the content, since one of the same size and time may say something else.
 */
final class ConfigurationWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final long LOOK_EVERY_MS = 1_000;

    /** Looks from one try to take what was refused to the next. */
    private static final int TRY_AGAIN_LOOKS = 5;

    private static final String MAP = "map.geojson";

    private final Vertx vertx;
    private final Path directory;
    private final ConfigurationFeed feed;
    private final Supplier<List<String>> secrets;
    private final Counters readings;
    private Map<Path, String> seen = Map.of();
    private Map<Path, String> read = Map.of();
    private int looksSinceRead;
    private boolean hadMap;
    private byte @Nullable [] mapRead;
    private Optional<String> ofMap = Optional.empty();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private long timer;
    private volatile List<String> refused = List.of();
    private volatile List<String> beside = List.of();

    /** What one look found: digests of the files by name, and what is wrong beside them. */
    private record Look(Map<Path, String> digests, List<String> beside) {}

    /**
     * Creates it.
     *
     * @param secrets what is wrong with the files that hold secrets, one line each; may block
     */
    ConfigurationWatch(
            Vertx vertx,
            Path directory,
            ConfigurationFeed feed,
            Supplier<List<String>> secrets,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.directory = directory;
        this.feed = feed;
        this.secrets = secrets;
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
                () -> problems().size());
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
        return Stream.concat(refused.stream(), beside.stream()).toList();
    }

    private void look() {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(this::found).compose(this::looked).onComplete(done -> {
            isLooking.set(false);
            if (done.failed()) {
                LOGGER.atWarn().setCause(done.cause()).log("could not take the configuration; trying again");
            }
        });
    }

    private Future<Void> looked(Look look) {
        tellBeside(look.beside());
        Map<Path, String> now = look.digests();
        boolean isStill = now.equals(seen);
        seen = now;
        looksSinceRead++;
        boolean isTriedAgain = !refused.isEmpty() && looksSinceRead >= TRY_AGAIN_LOOKS;
        if (!isStill || (now.equals(read) && !isTriedAgain)) {
            return Future.succeededFuture();
        }
        looksSinceRead = 0;
        return vertx.executeBlocking(() -> Parts.load(directory))
                .transform(loaded -> vertx.executeBlocking(this::digests)
                        // What was read while somebody wrote is looked at again.
                        .compose(after -> after.equals(now) ? take(now, loaded) : Future.succeededFuture()));
    }

    private void tellBeside(List<String> problems) {
        if (!problems.equals(beside)) {
            beside = problems;
            if (!problems.isEmpty()) {
                LOGGER.atError().addKeyValue("problems", problems).log("files beside the configuration cannot be used");
            }
        }
    }

    private Future<Void> take(Map<Path, String> of, AsyncResult<Parts> loaded) {
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

    private Future<Void> refused(Map<Path, String> of, Throwable cause) {
        if (cause instanceof ConfigurationException refused) {
            read = of;
            refuse(refused.problems());
            return Future.succeededFuture();
        }
        return Future.failedFuture(cause);
    }

    private void refuse(List<String> why) {
        boolean isNew = !why.equals(refused);
        refused = List.copyOf(why);
        if (isNew) {
            readings.of("refused").increment();
            LOGGER.atError()
                    .addKeyValue("problems", refused)
                    .log("the changed configuration is refused; nothing changes");
        }
    }

    private void accept(List<Part> changed) {
        boolean wasRefused = !refused.isEmpty();
        refused = List.of();
        if (!changed.isEmpty()) {
            readings.of("accepted").increment();
            LOGGER.atInfo().addKeyValue("parts", changed).log("the changed configuration is in force");
        } else if (wasRefused) {
            LOGGER.atInfo().log("the configuration is again as it is in force");
        }
    }

    private Look found() {
        List<String> problems = new ArrayList<>(secrets.get());
        map().ifPresent(problems::add);
        return new Look(digests(), problems);
    }

    /** What is not there or cannot be read is left out. */
    private Map<Path, String> digests() {
        Map<Path, String> digests = new HashMap<>();
        for (Path file : Parts.files(directory)) {
            try {
                long size = Files.size(file);
                digests.put(file, size > YamlFile.MAX_BYTES ? "of " + size : Digest.of(Files.readAllBytes(file)));
            } catch (IOException e) {
                LOGGER.atTrace().setCause(e).log("{} is not there", file);
            }
        }
        return digests;
    }

    /** The map is no part of the configuration: once there was one, people are told when it can no longer be read. */
    private Optional<String> map() {
        Path file = directory.resolve(MAP);
        try {
            byte[] content = Files.readAllBytes(file);
            if (Arrays.equals(content, mapRead)) {
                return ofMap;
            }
            mapRead = content;
            boolean isMap = GeoJson.map(content).isPresent();
            hadMap |= isMap;
            ofMap = isMap ? Optional.empty() : Optional.of(file + ": found no list of features; allowed: GeoJSON");
        } catch (NoSuchFileException e) {
            mapRead = null;
            ofMap = hadMap
                    ? Optional.of(file
                            + ": found no such file, while its map is shown; allowed: the file, or a restart without")
                    : Optional.empty();
        } catch (IOException e) {
            ofMap = Optional.of(file + ": found no JSON that can be read whole; allowed: GeoJSON");
        }
        return ofMap;
    }
}
