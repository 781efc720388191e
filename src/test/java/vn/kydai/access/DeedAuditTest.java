package vn.kydai.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static vn.kydai.access.AccessFixture.await;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people did or tried to do, noted in a real database. */
class DeedAuditTest {
    private final AccessFixture fixture = new AccessFixture();
    private final DeedAudit audit = new DeedAudit(new AuditLog(fixture.pool));

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"400,refused", "403,refused", "409,refused", "429,refused", "503,unknown"})
    void aDeedIsNotedAsRefusedOnlyWhenItWasNotDone(int status, String result) {
        Future<String> deed = Future.failedFuture(new Problem(status, "no"));

        assertThrows(Problem.class, () -> await(audit.noted(deed, entry())));

        assertEquals(List.of(result), results());
    }

    @Test
    void aDeedOfWhichNothingWasKnownIsNotedAgainWhenItsRepeatTellsThatItWasDone() {
        Future<String> unknown = Future.failedFuture(new IllegalStateException("the connection broke"));
        assertThrows(IllegalStateException.class, () -> await(audit.noted(unknown, entry())));

        String done = await(audit.noted(Future.succeededFuture("done"), entry()));

        assertEquals("done", done);
        assertEquals(List.of("unknown", "ok"), results());
    }

    @Test
    void whatIsRefusedBeforeItBeginsIsNotedAndWhatIsNotThereIsNot() {
        Future<String> foreign = DeedAudit.checked(() -> {
            throw new Problem(403, "not here");
        });
        Future<String> nothing = DeedAudit.checked(() -> {
            throw new Problem(404, "there is no such alarm");
        });

        assertThrows(Problem.class, () -> await(audit.noted(foreign, entry())));
        assertThrows(Problem.class, () -> await(audit.noted(nothing, entry())));

        assertEquals(List.of("refused"), results());
    }

    private DeedAudit.Entry entry() {
        return new DeedAudit.Entry(fixture.clock.instant(), "lan", "127.0.0.1", "order confirm", "o-1");
    }

    private List<String> results() {
        return StreamSupport.stream(
                        fixture.query("select result from audit order by number")
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .toList();
    }
}
