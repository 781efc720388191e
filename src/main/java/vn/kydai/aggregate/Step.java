package vn.kydai.aggregate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;

/**
 * One event of a dossier, as little of it as the figures need.
 *
 * @param said what it states beside the status; steps that state the same share it
 */
record Step(Stamp stamp, DossierStatus status, Said said) implements Serializable {
    /**
     * What a step states.
     *
     * @param area of the source that sent it
     * @param receivedAt µs, {@link Micros#NONE} when not stated
     * @param dueAt µs, {@link Micros#NONE} when not stated
     */
    record Said(
            String procedure,
            Channel channel,
            String area,
            @Nullable String decidingArea,
            long receivedAt,
            long dueAt,
            @Nullable Boolean hasFee,
            @Nullable Boolean isPaidOnline,
            @Nullable Boolean isDigitised)
            implements Serializable {
        static Said of(String area, Dossier dossier) {
            Double fee = dossier.fee();
            return new Said(
                    dossier.procedure(),
                    dossier.channel(),
                    area,
                    dossier.decidingArea(),
                    dossier.receivedAt() == null ? Micros.NONE : Micros.of(dossier.receivedAt()),
                    dossier.dueAt() == null ? Micros.NONE : Micros.of(dossier.dueAt()),
                    fee == null ? null : (Boolean) (fee > 0),
                    dossier.paidOnline(),
                    dossier.digitised());
        }
    }
}
