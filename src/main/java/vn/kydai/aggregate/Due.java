package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import vn.kydai.event.DossierState;
import vn.kydai.registry.Deadlines;

/**
 * When a dossier is due, as it was worked out.
 *
 * @param at µs; {@link Micros#NONE} for no due date, as while its clock stands
 * @param day its local day, {@link DossierState#NO_DAY} for none
 * @param byLaw µs, as procedure and calendar give it; {@link Micros#NONE} without a known procedure
 * @param rules generation of the rules it was worked out by
 */
record Due(long at, int day, long byLaw, int rules) implements Serializable {
    /** Not worked out. */
    static final Due UNKNOWN = none(-1);

    static Due none(int rules) {
        return new Due(Micros.NONE, DossierState.NO_DAY, Micros.NONE, rules);
    }

    static Due at(Instant due, int rules) {
        long micros = Micros.of(due);
        return new Due(micros, Micros.day(due), micros, rules);
    }

    static Due stated(long due, Due computed) {
        return new Due(due, Micros.day(due), computed.byLaw, computed.rules);
    }

    /** Tells whether its source stated another date than procedure and calendar give. */
    boolean isMismatched() {
        return byLaw != Micros.NONE && byLaw != at && Micros.day(byLaw) != day;
    }

    /** Returns by how many working days an end came after it. */
    int lateBy(long ended, Deadlines deadlines) {
        return day == DossierState.NO_DAY
                ? 0
                : deadlines.lateBy(LocalDate.ofEpochDay(day), LocalDate.ofEpochDay(Micros.day(ended)));
    }
}
