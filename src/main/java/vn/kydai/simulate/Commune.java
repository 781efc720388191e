package vn.kydai.simulate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/**
 * One desk of the demo. All its numbers are invented, in proportions that a district of eleven communes has.
 *
 * @param source the desk's source id
 * @param area the commune
 * @param unit its two digits in a dossier code
 * @param dossiers received on an ordinary day
 * @param visits tickets on an ordinary day
 * @param counters open counters
 * @param lateShare share of dossiers that end after their due date
 */
record Commune(String source, String area, int unit, int dossiers, int visits, int counters, double lateShare) {
    private static final Map<String, Commune> BY_AREA = Map.ofEntries(
            row("19867", 11, 96, 136, 3, 0.032),
            row("19870", 12, 31, 38, 1, 0.011),
            row("19873", 13, 17, 22, 1, 0.006),
            row("19876", 14, 38, 44, 1, 0.024),
            row("19879", 15, 19, 24, 1, 0.014),
            row("19882", 16, 33, 40, 1, 0.028),
            row("19885", 17, 44, 50, 1, 0.073),
            row("19888", 18, 36, 43, 1, 0.042),
            row("19891", 19, 39, 45, 1, 0.106),
            row("19894", 20, 29, 35, 1, 0.009),
            row("19897", 21, 41, 47, 1, 0.021));

    /** Finds the numbers of a registered desk; empty for a source that is none, or of another district. */
    static Optional<Commune> of(Source source) {
        if (source.kind() != SourceKind.DESK || source.isRevoked()) {
            return Optional.empty();
        }
        String area = source.registrations().getLast().area();
        return Optional.ofNullable(BY_AREA.get(area)).map(commune -> commune.at(source.id()));
    }

    /** Returns the registered desks by source id. */
    static List<Commune> all(Sources sources) {
        return sources.all().stream()
                .flatMap(source -> of(source).stream())
                .sorted(java.util.Comparator.comparing(Commune::source))
                .toList();
    }

    private Commune at(String desk) {
        return new Commune(desk, area, unit, dossiers, visits, counters, lateShare);
    }

    private static Map.Entry<String, Commune> row(
            String area, int unit, int dossiers, int visits, int counters, double lateShare) {
        return Map.entry(area, new Commune("", area, unit, dossiers, visits, counters, lateShare));
    }
}
