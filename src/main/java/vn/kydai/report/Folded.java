package vn.kydai.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import vn.kydai.event.DossierState;
import vn.kydai.event.Excess;

/**
 * What the folds tell reports, as of one position.
 *
 * @param dossiers how every dossier stands, in no order; not to be changed
 * @param beyond what sources sent beyond the bounds of the folds
 */
public record Folded(List<DossierState> dossiers, List<Excess> beyond) {
    public Folded {
        requireNonNull(dossiers, "dossiers is null");
        beyond = List.copyOf(beyond);
    }
}
