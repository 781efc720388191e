package vn.kydai.journal;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import vn.kydai.event.Event;

/**
 * The ledger line a received message belongs to.
 *
 * @param source id of the source, {@value #UNKNOWN} for an unknown sender
 * @param day local date it was received on
 * @param isQos0 whether it came by MQTT QoS 0, which carries no promise
 */
public record Receipt(String source, LocalDate day, boolean isQos0) {
    /** Stands for a sender that did not sign in. */
    public static final String UNKNOWN = Event.NOBODY;

    /** Source of the product's own events, such as configuration; the ledger does not count it. */
    public static final String SELF = Event.PRODUCT;

    public Receipt {
        requireNonNull(source, "source is null");
        requireNonNull(day, "day is null");
        if (source.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("source holds a NUL, which PostgreSQL cannot store");
        }
    }
}
