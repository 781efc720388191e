package vn.kydai.report;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierState.Outcome;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

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

    /** Tells whether the configuration has no procedure of its code that was valid when it was received. */
    static boolean isUnknown(DossierState dossier, Registry registry) {
        return procedure(dossier, registry).isEmpty();
    }

    /** Finds a dossier's procedure as it was on the date of the reception, before that as it is since last. */
    static Optional<Procedure> procedure(DossierState dossier, Registry registry) {
        Instant received = dossier.receivedAt();
        return received == null
                ? registry.procedures().find(dossier.procedure())
                : registry.procedures().find(dossier.procedure(), WorkingCalendar.dateOf(received));
    }
}
