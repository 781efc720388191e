package vn.kydai.journal;

import java.time.Instant;

/**
 * Where the journal ends.
 *
 * @param position of the newest event, 0 when there is none
 * @param ingestTime no later event may have an earlier one
 */
record Head(long position, Instant ingestTime) {
    static final Head NONE = new Head(0, Instant.EPOCH);

    /** Returns the ingest time of the next batch: to the millisecond, and never before an earlier batch's. */
    Instant ingestTime(Instant now) {
        Instant millis = now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        return millis.isBefore(ingestTime) ? ingestTime : millis;
    }
}
