package vn.kydai.simulate;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Comparator;
import vn.kydai.event.Event;

/**
 * A source sends an event. Later than it happened when its link was down; a second time when its acknowledgement got
 * lost.
 */
record Emission(Instant sendAt, Event event) {
    /** By time of sending; the rest only makes the order total. */
    static final Comparator<Emission> ORDER = comparing(Emission::sendAt)
            .thenComparing(emission -> emission.event().eventTime())
            .thenComparing(emission -> emission.event().source())
            .thenComparing(emission -> emission.event().id());
}
