package vn.kydai.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The local day an event was taken on: what partitions the journal and the ledger. */
final class IngestDay {
    /** Local time has no daylight saving. The function {@code make_journal_partition} says the same zone. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private IngestDay() {}

    static LocalDate of(Instant ingestTime) {
        return LocalDate.ofInstant(ingestTime, ZONE);
    }

    /** Returns the day's first instant. */
    static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(ZONE).toOffsetDateTime();
    }
}
