package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;
import vn.kydai.registry.Channels.Retry;

/**
 * How long to wait after a failure: anything up to a bound that doubles with each failure, so that many senders do not
 * come back at once (<a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">full jitter</a>).
 */
record Backoff(Retry retry, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    Backoff {
        requireNonNull(retry, "retry is null");
        requireNonNull(random, "random is null");
    }

    /**
     * Returns the wait after some failures in a row.
     *
     * @param failures at least 1
     */
    Duration after(int failures) {
        long bound = retry.first().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = Math.max(1, Math.min(bound, retry.longest().toMillis()));
        return Duration.ofMillis(1 + random.nextLong(longest));
    }
}
