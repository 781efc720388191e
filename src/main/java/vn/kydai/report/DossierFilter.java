package vn.kydai.report;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierState.Outcome;
import vn.kydai.registry.Registry;

/** Which dossiers of an area a reader asked for: those in a national status, or those that need a look. */
final class DossierFilter {
    private DossierFilter() {}

    /** Reads {@code status}; absent takes all. */
    static Predicate<DossierState> of(@Nullable String status, Registry registry, long today) {
        if (status == null) {
            return dossier -> true;
        }
        if (status.matches("[1-9]|10")) {
            int code = Integer.parseInt(status);
            return dossier -> dossier.status().code() == code;
        }
        return switch (status) {
            case "overdue" ->
                dossier -> dossier.isReceived()
                        && dossier.outcome() == Outcome.RUNNING
                        && !dossier.isPaused()
                        && dossier.dueDay() < today;
            case "paused" ->
                dossier -> dossier.isReceived() && dossier.outcome() == Outcome.RUNNING && dossier.isPaused();
            case "late" -> dossier -> dossier.isReceived() && dossier.outcome() == Outcome.LATE;
            case "unexpected" -> dossier -> dossier.unexpected() > 0;
            case "dueMismatch" -> DossierState::isDueMismatched;
            case "unknownProcedure" -> dossier -> isUnknown(dossier, registry);
            default ->
                throw new Problem(
                        400,
                        "status must be a national code from 1 to 10, or one of overdue, paused, late, unexpected,"
                                + " dueMismatch, unknownProcedure");
        };
    }

    /** Tells whether no procedure of the configuration has the dossier's code. */
    static boolean isUnknown(DossierState dossier, Registry registry) {
        return registry.procedures().find(dossier.procedure()).isEmpty();
    }
}
