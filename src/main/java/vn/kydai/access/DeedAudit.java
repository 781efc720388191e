package vn.kydai.access;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what people did, or tried to do, in the audit log before it is answered. */
public final class DeedAudit {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeedAudit.class);
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final AuditLog log;

    /** Writes to the log of what people did. */
    public DeedAudit(AuditLog log) {
        this.log = log;
    }

    /**
     * One row, its result apart.
     *
     * @param what was done
     * @param subject to what
     */
    public record Entry(Instant at, String who, String remote, String what, String subject) {}

    /** Checks before a deed is done: what is thrown there is how the deed ended, so that a refusal is noted too. */
    public static <T> Future<T> checked(Supplier<T> check) {
        try {
            return Future.succeededFuture(check.get());
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
    }

    /**
     * Ends as a deed ended, once it is noted: {@code ok}, {@code refused}, or {@code unknown} where nobody can tell yet
     * whether it was done; sent again, a further row says so. One that cannot be noted is not answered as done: sent
     * again, it is noted then. What is not there is nobody's deed.
     */
    public <T> Future<T> noted(Future<T> deed, Entry entry) {
        return deed.transform(done -> {
            Future<T> ended =
                    done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause());
            boolean isNothing = done.cause() instanceof Problem problem && problem.status() == NOT_FOUND;
            return isNothing ? ended : add(entry, result(done.cause())).compose(noted -> ended);
        });
    }

    private static String result(@Nullable Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return failure instanceof Problem problem && problem.status() < SERVER_ERROR ? "refused" : "unknown";
    }

    private Future<Void> add(Entry entry, String result) {
        return log.add(entry.at(), entry.who(), entry.remote(), entry.what(), entry.subject(), result)
                .recover(failure -> {
                    LOGGER.atWarn().setCause(failure).log("a deed could not be noted in the audit log");
                    return Future.failedFuture(new Problem(
                            503, "the audit log cannot be written; send it again", Map.of("Retry-After", "1")));
                });
    }
}
