package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the database until when the server listened, and has the journal told of any longer time in which it did not: it
 * was stopped, killed or suspended, or could commit nothing. Two events a gap, so the journal does not grow by it.
 */
final class Heartbeat {
    private static final Logger LOGGER = LoggerFactory.getLogger(Heartbeat.class);
    private static final long BEAT_MS = 5_000;
    private static final long PATIENCE_MS = 10_000;

    /** A shorter gap makes no difference to whoever is heard every few seconds, and is not worth an event. */
    private static final Duration LEAST_GAP = Duration.ofSeconds(30);

    private static final String LAST = "select at, delays from heartbeat";
    private static final String NOTE = """
            insert into heartbeat (at, delays) values ($1, $2)
            on conflict (one) do update set at = excluded.at, delays = excluded.delays""";

    private final Vertx vertx;
    private final Pool pool;
    private final ConfigurationFeed feed;
    private final InstantSource clock;
    private final AtomicBoolean isBeating = new AtomicBoolean();
    private volatile Supplier<String> delays = () -> Last.NO_DELAYS;
    private volatile long heardFrom = Long.MAX_VALUE;
    private volatile long lastNanos = System.nanoTime();
    private volatile Instant lastAt = Instant.EPOCH;
    private volatile @Nullable Last kept;
    private @Nullable Instant unheardSince;
    private long timer = -1;

    /**
     * What was noted last.
     *
     * @param delays of alarms, as JSON
     */
    record Last(Instant at, String delays) {
        static final String NO_DELAYS = "{}";
    }

    Heartbeat(Vertx vertx, Pool pool, ConfigurationFeed feed, InstantSource clock) {
        this.vertx = vertx;
        this.pool = pool;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * Says since when nobody has been heard, before anything is decided.
     *
     * @param areRulesTheSame whether delays go on as they were noted
     */
    Future<Void> begin(boolean areRulesTheSame) {
        return pool.query(LAST).execute().compose(rows -> {
            Last last = null;
            for (Row row : rows) {
                last = new Last(row.getOffsetDateTime(0).toInstant(), row.getString(1));
            }
            Last found = last;
            kept = areRulesTheSame ? found : null;
            if (found == null || Duration.between(found.at(), clock.instant()).compareTo(LEAST_GAP) <= 0) {
                return Future.succeededFuture();
            }
            unheardSince = found.at();
            return feed.unheard(found.at(), null).mapEmpty();
        });
    }

    /** Returns what was noted last and goes on; absent at a first start, and where the rules have changed. */
    Optional<Last> kept() {
        return Optional.ofNullable(kept);
    }

    /**
     * The ways in are open: what is silent from now on may be called so.
     *
     * @param kept where the delays of alarms stand, as JSON; any thread may ask
     */
    Future<Void> opened(Supplier<String> kept) {
        delays = kept;
        Instant since = unheardSince;
        Future<Long> told = since == null ? Future.succeededFuture(0L) : feed.unheard(since, clock.instant());
        return told.compose(position -> {
            heard(position);
            timer = vertx.setPeriodic(BEAT_MS, beat -> beat());
            return note();
        });
    }

    /**
     * Returns from which position on the folds know of all time in which nobody was heard; the greatest there is while it is
     * going on. Any thread may ask.
     */
    long heardFrom() {
        return isLate() ? Long.MAX_VALUE : heardFrom;
    }

    private boolean isLate() {
        return System.nanoTime() - lastNanos > LEAST_GAP.toNanos();
    }

    private void heard(long position) {
        heardFrom = position;
        lastNanos = System.nanoTime();
        lastAt = clock.instant();
    }

    private void beat() {
        if (!isBeating.compareAndSet(false, true)) {
            return;
        }
        note().compose(noted -> isLate() ? feed.unheard(lastAt, clock.instant()) : Future.succeededFuture(heardFrom))
                .onSuccess(this::heard)
                .onFailure(cause -> LOGGER.atDebug().setCause(cause).log("could not note that the server listens"))
                .onComplete(done -> isBeating.set(false));
    }

    private Future<Void> note() {
        Tuple row = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), delays.get());
        return pool.preparedQuery(NOTE)
                .execute(row)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .mapEmpty();
    }

    /** Ends it, noting until when the server listened. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return isLate() ? Future.succeededFuture() : note();
    }
}
