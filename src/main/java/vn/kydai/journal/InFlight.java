package vn.kydai.journal;

import org.jspecify.annotations.Nullable;
import vn.kydai.journal.Intake.Batch;

/** A batch between BEGIN and the answer to COMMIT. */
final class InFlight {
    final Batch batch;
    final long beganNs;

    @Nullable
    Decision decision;

    InFlight(Batch batch, long beganNs) {
        this.batch = batch;
        this.beganNs = beganNs;
    }
}
