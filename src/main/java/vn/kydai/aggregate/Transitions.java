package vn.kydai.aggregate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.kydai.event.DossierStatus;

/** Which status may follow which; anything else is applied all the same, and counted: the source is the authority. */
final class Transitions {
    private static final Map<DossierStatus, Set<DossierStatus>> EXPECTED = new EnumMap<>(Map.of(
            DossierStatus.SUBMITTED, statuses(2, 3, 5, 6, 7),
            DossierStatus.RECEIVED, statuses(4, 5, 6, 7, 8, 9),
            DossierStatus.REFUSED, statuses(),
            DossierStatus.PROCESSING, statuses(5, 6, 7, 8, 9),
            DossierStatus.SUPPLEMENT, statuses(1, 2, 4, 7, 8),
            DossierStatus.FEE, statuses(2, 4, 7, 8),
            DossierStatus.WITHDRAWN, statuses(),
            DossierStatus.STOPPED, statuses(),
            DossierStatus.DONE, statuses(10, 4),
            DossierStatus.RETURNED, statuses()));

    private static final Set<DossierStatus> EXPECTED_FIRST = statuses(1, 2);

    private Transitions() {}

    /** Counts the unexpected ones of a dossier's entries. */
    static int unexpected(List<Step> entries) {
        int unexpected = 0;
        Set<DossierStatus> expected = EXPECTED_FIRST;
        for (Step entry : entries) {
            if (!expected.contains(entry.status())) {
                unexpected++;
            }
            expected = EXPECTED.getOrDefault(entry.status(), Set.of());
        }
        return unexpected;
    }

    private static Set<DossierStatus> statuses(int... codes) {
        return Arrays.stream(codes)
                .mapToObj(code -> DossierStatus.of(code).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
