package vn.kydai.aggregate;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.kydai.aggregate.store.Checkpoint;
import vn.kydai.aggregate.store.PostgresCheckpoints;
import vn.kydai.aggregate.store.RollupRow;
import vn.kydai.config.Settings;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.report.CounterSeries;
import vn.kydai.verify.Verification;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** Rollups of events of November 2026 as a server writes them, held against the journal. */
final class VerifiedRollups {
    private static final String INSERT = """
            insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, seq, data)
            values (0, $1, $2, $3, $4, $5, $6, $7, false, $8, $9::text::jsonb)""";

    private VerifiedRollups() {}

    /** Journals them, folds them with checkpoints in between, and verifies what was written. */
    static Result of(List<Journaled> events, Pool pool, Settings.Aggregate settings, Scope scope) throws Exception {
        for (LocalDate day = LocalDate.of(2026, 11, 17); day.getMonthValue() < 12; day = day.plusDays(1)) {
            await(pool.preparedQuery("select make_journal_partition($1)").execute(Tuple.of(day)));
        }
        await(pool.preparedQuery(INSERT)
                .executeBatch(events.stream().map(VerifiedRollups::row).toList()));
        PostgresCheckpoints checkpoints = new PostgresCheckpoints(pool);
        Figures figures = Figures.keepingRollups(settings);
        long saved = 0;
        for (Journaled event : events) {
            figures.apply(event);
            if (event.position() % 700 == 0 || event.position() == events.size()) {
                Rollups rollups = figures.drainRollups();
                Checkpoint checkpoint = new Checkpoint(
                        saved,
                        event.position(),
                        true,
                        figures.drainState(),
                        RollupRow.of(rollups),
                        rollups.firstMinute());
                await(checkpoints.write(checkpoint, "test"));
                saved = event.position();
            }
        }
        return await(new Verification(pool, settings, CounterSeries::fallen).run(scope))
                .orElseThrow();
    }

    private static Tuple row(Journaled journaled) {
        Event event = journaled.event();
        return Tuple.of(
                        journaled.position(),
                        journaled.ingestTime().atOffset(ZoneOffset.UTC),
                        event.source(),
                        event.id(),
                        event.kind().id(),
                        event.area())
                .addOffsetDateTime(event.eventTime().atOffset(ZoneOffset.UTC))
                .addLong(event.seq())
                .addString(Json.text(DataJson.write(event.data(), event.seq())));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
