package vn.kydai.journal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Reading;
import vn.kydai.event.Reason;
import vn.kydai.journal.Submission.Content;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;

/** Submissions for tests. */
public final class Drafts {
    /** The local day of {@link #NOW}. */
    public static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    /** 10:00 local time. */
    public static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    private Drafts() {}

    public static Receipt receipt(String source) {
        return new Receipt(source, DAY, false);
    }

    public static Draft draft(String source, String id) {
        return draft(source, id, 1.5, null);
    }

    public static Draft draft(String source, String id, double value, @Nullable Long seq) {
        return new Draft(
                receipt(source),
                200,
                source,
                id,
                true,
                "46-quang-dien",
                Instant.parse("2026-11-24T02:59:58.123Z"),
                Content.of(new Reading("water_level", value, "m", Reading.Quality.GOOD), seq, "digest of " + value));
    }

    public static DeadLetter deadLetter(String source) {
        return new DeadLetter(receipt(source), 64, Reason.SCHEMA, "/value is no number", "{\"bytes\":64}");
    }

    /** Waits for a future, ten seconds at most. */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) {
        return await(future, 10);
    }

    /** Waits for a future so long at most. */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future, int seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came within " + seconds + " s", e);
        }
    }
}
