package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.Settings;

/**
 * What the writer does between batches, one statement at a time: identities past their window are purged, the partitions
 * of the days to come made. While batches wait, purging takes no more than a tenth of the time. Confined to the writer's
 * event loop.
 */
final class Upkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration SIGN_EVERY = Duration.ofHours(1);
    private static final int PURGE_ROWS = 1_000;
    private static final long BATCHES_TO_A_PURGE = 9;

    private final Timekeeper clock;
    private final Settings.Journal settings;
    private final Partitions partitions;
    private boolean isPurgeDue = true;
    private boolean arePartitionsDue;
    private long purgeNotBeforeNs = System.nanoTime();

    Upkeep(Timekeeper clock, Settings.Journal settings, Partitions partitions) {
        this.clock = clock;
        this.settings = settings;
        this.partitions = partitions;
    }

    /** A minute has gone by. */
    void due() {
        isPurgeDue = true;
        arePartitionsDue = true;
    }

    /**
     * Tells whether an empty batch is due, since an hour has gone by without another: a quiet week must not look, at the next
     * start, like a clock that is a week ahead.
     */
    boolean isSignDue(Instant newest) {
        Timekeeper.Reading reading = clock.reading();
        return clock.isJudged() && reading.isTrusted() && reading.now().isAfter(newest.plus(SIGN_EVERY));
    }

    /** A batch of a day has been written: is it the first? */
    void wrote(Instant ingestTime) {
        arePartitionsDue |= !partitions.areAheadOf(IngestDay.of(ingestTime));
    }

    /**
     * Begins the next statement that is due. A clock in doubt throws nothing away.
     *
     * @param isAnybodyWaiting whether there is a batch to write
     * @param ingestTime of a batch that would be written now
     * @return absent when nothing is due; fails when the session is of no more use
     */
    @Nullable
    Future<Void> next(WriterSession session, boolean isAnybodyWaiting, Instant ingestTime) {
        boolean mayPurge = !isAnybodyWaiting || System.nanoTime() - purgeNotBeforeNs >= 0;
        if (isPurgeDue && mayPurge && clock.isTrusted()) {
            isPurgeDue = false;
            return purge(session);
        }
        if (arePartitionsDue && !isAnybodyWaiting) {
            arePartitionsDue = false;
            return makeAhead(session, IngestDay.of(ingestTime));
        }
        return null;
    }

    private Future<Void> purge(WriterSession session) {
        long beganNs = System.nanoTime();
        Instant before = clock.instant().minus(settings.dedupDays(), ChronoUnit.DAYS);
        return session.execute(Sql.PURGE, Tuple.of(before.atOffset(ZoneOffset.UTC), PURGE_ROWS))
                .onSuccess(purged -> {
                    long nowNs = System.nanoTime();
                    purgeNotBeforeNs = nowNs + BATCHES_TO_A_PURGE * (nowNs - beganNs);
                    isPurgeDue = purged.rowCount() == PURGE_ROWS;
                })
                .mapEmpty();
    }

    /** What keeps it from its lock is tried again in a minute: the next days are there already. */
    private Future<Void> makeAhead(WriterSession session, LocalDate day) {
        return partitions.makeAhead(session, day).recover(cause -> {
            if (!(cause instanceof PgException)) {
                return Future.failedFuture(cause);
            }
            LOGGER.atWarn().setCause(cause).log("could not make the partitions of the days to come");
            return Future.succeededFuture();
        });
    }
}
