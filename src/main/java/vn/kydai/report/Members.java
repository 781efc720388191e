package vn.kydai.report;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.DossierState;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Areas.Makeup;

/**
 * The dossiers of an area: those of every unit below it and of the units these stand in the place of, and of those that a
 * region still lists what had been received before they were taken over.
 *
 * @param wholly ids of the areas all of whose dossiers are meant
 * @param isByReceiver whether a dossier belongs to the area that received it, instead of the one that decides
 */
record Members(Set<String> wholly, SortedMap<String, LocalDate> inherited, boolean isByReceiver) {
    /** By the tree of a date; of an area that had ended by then, of its last day; of one to come, what it took over. */
    static Members of(Areas areas, String area, LocalDate date, boolean isByReceiver) {
        Set<String> wholly = new HashSet<>();
        SortedMap<String, LocalDate> inherited = new TreeMap<>();
        for (String unit : areas.standing(area, date)) {
            Makeup makeup = areas.lastMakeup(unit, date);
            wholly.addAll(makeup.leaves());
            wholly.addAll(makeup.takenOver());
            wholly.addAll(areas.inner(unit, areas.lastDay(unit, date)));
            inherited.putAll(makeup.inherited());
        }
        return new Members(wholly, inherited, isByReceiver);
    }

    /** Reads who a dossier shall belong to: {@code deciding} or {@code receiving}, absent = deciding. */
    static boolean isByReceiver(@Nullable String of) {
        if (of == null || of.equals("deciding")) {
            return false;
        }
        if (of.equals("receiving")) {
            return true;
        }
        throw new Problem(400, "of must be deciding or receiving");
    }

    /** Tells whether what belongs to an area belongs here, whenever it happened. */
    boolean has(String area) {
        return wholly.contains(area) || inherited.containsKey(area);
    }

    boolean has(DossierState dossier) {
        String area = isByReceiver ? dossier.receivedIn() : dossier.area();
        LocalDate until = inherited.get(area);
        return wholly.contains(area) || (until != null && dossier.receivedDay() < until.toEpochDay());
    }
}
