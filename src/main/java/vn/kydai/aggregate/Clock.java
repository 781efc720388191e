package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.Deadlines.Mode;
import vn.kydai.registry.Deadlines.Pause;

/**
 * When the clock of a dossier stood.
 *
 * @param pauses those that are over, in order, none before the reception
 * @param isStanding whether it stands after the last step
 */
record Clock(List<Pause> pauses, boolean isStanding) implements Serializable {
    Clock {
        pauses = List.copyOf(pauses);
    }

    /** Reads it off all steps in order; a reception of {@link Micros#NONE} starts no clock. */
    static Clock of(List<Step> steps, long reception, boolean isPausedByAgency) {
        List<Pause> pauses = new ArrayList<>(0);
        @Nullable Mode open = null;
        long from = Micros.NONE;
        for (Step step : steps) {
            @Nullable Mode next = mode(step, isPausedByAgency);
            if (next == open) {
                continue;
            }
            long at = step.stamp().micros();
            if (open != null && reception != Micros.NONE && at > reception) {
                pauses.add(new Pause(Micros.instant(Math.max(from, reception)), Micros.instant(at), open));
            }
            open = next;
            from = at;
        }
        return new Clock(pauses, open != null);
    }

    private static @Nullable Mode mode(Step step, boolean isPausedByAgency) {
        return switch (step.status()) {
            case SUPPLEMENT -> Mode.RESTART;
            case FEE -> Mode.EXTEND;
            case RECEIVED, PROCESSING -> isPausedByAgency && step.said().waitsForAgency() ? Mode.EXTEND : null;
            case SUBMITTED, REFUSED, WITHDRAWN, STOPPED, DONE, RETURNED -> null;
        };
    }
}
