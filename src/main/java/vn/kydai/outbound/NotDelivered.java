package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt that failed as attempts do. Carries a code and never a payload, and no stack trace: it is no bug. */
final class NotDelivered extends RuntimeException {
    private final Blame blame;
    private final @Nullable Duration wait;

    /** Whose fault it was. */
    enum Blame {
        /** The way is blocked: whatever else waits would fail too. */
        CHANNEL,
        /** The receiver does not take this message, and may take others. */
        MESSAGE
    }

    /**
     * Creates it.
     *
     * @param code {@code timeout}, {@code unreachable}, {@code status 500} …
     * @param wait what the receiver asked for; absent: it did not say
     */
    NotDelivered(Blame blame, String code, @Nullable Duration wait) {
        super(requireNonNull(code, "code is null"), null, false, false);
        this.blame = blame;
        this.wait = wait;
    }

    static NotDelivered blocked(String code) {
        return new NotDelivered(Blame.CHANNEL, code, null);
    }

    static NotDelivered refused(String code) {
        return new NotDelivered(Blame.MESSAGE, code, null);
    }

    /** Takes any failure: what is not known is the channel's. */
    static NotDelivered of(Throwable failure) {
        return failure instanceof NotDelivered known
                ? known
                : blocked(failure.getClass().getSimpleName());
    }

    Blame blame() {
        return blame;
    }

    @Nullable
    Duration asked() {
        return wait;
    }

    String code() {
        return String.valueOf(getMessage());
    }
}
