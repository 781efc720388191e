package vn.kydai.aggregate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.registry.Procedures;

/**
 * One event of a dossier, as little of it as the figures need.
 *
 * @param said what it states beside the status; steps that state the same share it
 */
record Step(Stamp stamp, DossierStatus status, Said said) implements Serializable {
    /**
     * What a step states.
     *
     * @param procedure without the provincial tail
     * @param area of the source that sent it
     * @param submittedAt µs, {@link Micros#NONE} when not stated
     * @param receivedAt µs, {@link Micros#NONE} when not stated
     * @param dueAt µs, {@link Micros#NONE} when not stated
     * @param promisedAt µs, {@link Micros#NONE} when not stated
     * @param waitsForAgency whether another agency is waited for
     */
    record Said(
            String procedure,
            Channel channel,
            @Nullable String counter,
            String area,
            @Nullable String decidingArea,
            long submittedAt,
            long receivedAt,
            long dueAt,
            long promisedAt,
            boolean waitsForAgency,
            @Nullable Boolean hasFee,
            @Nullable Boolean isPaidOnline,
            @Nullable Boolean isDigitised)
            implements Serializable {
        private static final String AGENCY = "agency";

        static Said of(String area, Dossier dossier) {
            Double fee = dossier.fee();
            return new Said(
                    Procedures.normal(dossier.procedure()),
                    dossier.channel(),
                    dossier.counter(),
                    area,
                    dossier.decidingArea(),
                    Micros.orNone(dossier.submittedAt()),
                    Micros.orNone(dossier.receivedAt()),
                    Micros.orNone(dossier.dueAt()),
                    Micros.orNone(dossier.promisedAt()),
                    AGENCY.equals(dossier.pausedBy()),
                    fee == null ? null : (Boolean) (fee > 0),
                    dossier.paidOnline(),
                    dossier.digitised());
        }
    }
}
