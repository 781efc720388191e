package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A step of a queue ticket (số thứ tự).
 *
 * @param ticket its number, unique at one source on one local date
 * @param step what happened to it; {@code served} means finished
 * @param service the service waited for
 * @param counter the counter (quầy) that called it
 */
public record Ticket(
        String ticket,
        Step step,
        @Nullable String service,
        @Nullable String counter) implements Data {
    /** Steps of a ticket. */
    public enum Step {
        ISSUED,
        CALLED,
        SERVED,
        ABSENT,
        CANCELLED
    }

    public Ticket {
        requireNonNull(ticket, "ticket is null");
        requireNonNull(step, "step is null");
    }

    @Override
    public Kind kind() {
        return Kind.TICKET;
    }
}
