package vn.kydai.aggregate;

import java.io.Serializable;
import vn.kydai.event.Event;

/**
 * Where an event stands among the others of one thing: by event time, then the source's own counter (absent last), then
 * id and source. Never by arrival.
 */
record Stamp(long micros, long seq, String id, String source) implements Comparable<Stamp>, Serializable {
    static Stamp of(Event event) {
        Long seq = event.seq();
        return new Stamp(Micros.of(event.eventTime()), seq == null ? Long.MAX_VALUE : seq, event.id(), event.source());
    }

    boolean isAfter(Stamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(micros, other.micros);
        if (byTime != 0) {
            return byTime;
        }
        int bySeq = Long.compare(seq, other.seq);
        if (bySeq != 0) {
            return bySeq;
        }
        int byId = id.compareTo(other.id);
        return byId != 0 ? byId : source.compareTo(other.source);
    }
}
