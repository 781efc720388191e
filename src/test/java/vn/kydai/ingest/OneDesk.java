package vn.kydai.ingest;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import vn.kydai.config.Settings;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** Admission without connections: what a benchmark may see of this package. */
public final class OneDesk {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Admission admission =
            new Admission(() -> TestingRegistry.TOWN, Schemas.load(), Settings.DEFAULTS.ingest());

    /** Admits what a source of the testing town published under a kind. */
    public Submission admit(String source, String kind, Buffer payload) {
        Receipt receipt = new Receipt(source, TODAY, false);
        return admission.admit(new Arrival(receipt, source, source, kind, payload, NOW));
    }
}
