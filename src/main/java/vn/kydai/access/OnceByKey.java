package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a caller asks once for each {@code Idempotency-Key} within ten minutes: a repeat gets the first one's answer,
 * also while that is under way. In memory and bounded: the answers hold secrets that are kept nowhere else. Thread-safe.
 */
public final class OnceByKey {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MAX_KEYS = 1_000;

    private final Map<String, Done> byKey = new BoundedMap<>(MAX_KEYS);

    /** What was asked, and its answer. */
    private record Done(String said, Future<String> answer, Instant until) {}

    /**
     * Does it, unless it was done; a request without a key is done anyway.
     *
     * @param said what is asked besides method and path, whole
     * @return the answer; fails with a {@link Problem} 409 when the key was used for something else
     */
    public Future<String> once(
            RoutingContext context, Caller.Viewer viewer, String said, Instant now, Supplier<Future<String>> work) {
        String what = context.request().method() + " " + context.normalizedPath() + "\n" + said;
        return once(viewer.name(), context.request().getHeader("Idempotency-Key"), what, now, work);
    }

    private synchronized Future<String> once(
            String who, @Nullable String key, String said, Instant now, Supplier<Future<String>> work) {
        if (key == null) {
            return work.get();
        }
        IdempotencyKey.check(key);
        String own = who + '\n' + key;
        Done done = byKey.get(own);
        if (done != null && now.isBefore(done.until)) {
            return done.said.equals(said)
                    ? done.answer
                    : Future.failedFuture(new Problem(409, "this Idempotency-Key was used for something else"));
        }
        Future<String> answer = requireNonNull(work.get(), "there is an answer");
        byKey.put(own, new Done(said, answer, now.plus(REMEMBERED)));
        return answer.onFailure(cause -> forget(own));
    }

    private synchronized void forget(String own) {
        byKey.remove(own);
    }
}
