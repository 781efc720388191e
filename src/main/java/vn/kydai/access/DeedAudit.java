package vn.kydai.access;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what people did, or tried to do, in the audit log before it is answered. */
public final class DeedAudit {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeedAudit.class);
    private static final int NOT_FOUND = 404;

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

    /**
     * Ends as a deed ended, once it is noted. One that cannot be noted is not answered as done: sent again, it is noted
     * then. What is not there is nobody's deed.
     */
    public <T> Future<T> noted(Future<T> deed, Entry entry) {
        return deed.transform(done -> {
            Future<T> ended =
                    done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause());
            boolean isUnknown = done.cause() instanceof Problem problem && problem.status() == NOT_FOUND;
            return isUnknown
                    ? ended
                    : add(entry, done.succeeded() ? "ok" : "refused").compose(noted -> ended);
        });
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
