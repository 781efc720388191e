package vn.kydai.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.DossierStatus;
import vn.kydai.registry.Lineage;

/**
 * Whose steps of one code make which dossier. A dossier is changed by sources of the units that receive or decide it alone, by
 * what they say and when it happened, never by who came first: a stranger can choose a time, but not another's word.
 *
 * <ul>
 *   <li>All steps of a source belong to the unit it first told of the code in, over time ({@link Lineage}).
 *   <li>A unit whose first step is 1 or 2 has the dossier from the citizen: it is its own.
 *   <li>A unit that one of these names as {@code decidingArea}, or that took one of them over, belongs to it, unless it is such
 *       a unit itself; and so on.
 *   <li>Of what is left a unit that states when it was received has a dossier of its own too, or whoever tells of it where
 *       nobody received it. All others are strangers, whose steps are left out.
 * </ul>
 *
 * <p>{@code verify/parties.sql} says the same.
 */
final class Parties {
    private final List<Step> steps;
    private final Lineage lineage;

    /** The unit each source speaks for. */
    private final Map<String, String> homes = new HashMap<>();

    /** The steps of each unit, the first heard first. */
    private final Map<String, List<Step>> told = new LinkedHashMap<>();

    /** Whose dossier each unit's steps belong to. */
    private final Map<String, String> owners = new HashMap<>();

    private Parties(List<Step> steps, Lineage lineage) {
        this.steps = steps;
        this.lineage = lineage;
        for (Step step : steps) {
            String home = homes.computeIfAbsent(
                    step.stamp().source(), source -> lineage.line(step.said().area()));
            told.computeIfAbsent(home, unit -> new ArrayList<>()).add(step);
        }
    }

    /**
     * Finds them.
     *
     * @param steps in their order, at least one
     */
    static Parties of(List<Step> steps, Lineage lineage) {
        Parties parties = new Parties(steps, lineage);
        if (parties.told.size() == 1) {
            parties.told.keySet().forEach(unit -> parties.owners.put(unit, unit));
        } else {
            parties.settle();
        }
        return parties;
    }

    /** Returns the steps of each dossier, that of the first step first. */
    List<List<Step>> dossiers() {
        if (told.size() == 1) {
            return List.of(steps);
        }
        Map<String, List<Step>> byOwner = new LinkedHashMap<>();
        for (Step step : steps) {
            String owner = owners.get(home(step));
            if (owner != null) {
                byOwner.computeIfAbsent(owner, key -> new ArrayList<>(steps.size()))
                        .add(step);
            }
        }
        return List.copyOf(byOwner.values());
    }

    /** Returns how many steps of which source are left out. */
    SortedMap<String, Integer> leftOut() {
        if (owners.size() == told.size()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Integer> bySource = new TreeMap<>();
        for (Step step : steps) {
            if (!owners.containsKey(home(step))) {
                bySource.merge(step.stamp().source(), 1, Integer::sum);
            }
        }
        return bySource;
    }

    /** Tells whether a unit, or one that is one with it over time, tells of the dossier that a step belongs to. */
    boolean isTold(String area, Step of) {
        String owner = owners.get(lineage.line(area));
        return owner != null && owner.equals(owners.get(home(of)));
    }

    private String home(Step step) {
        return homes.getOrDefault(step.stamp().source(), step.said().area());
    }

    private void settle() {
        told.forEach((unit, own) -> {
            if (isReceiver(own)) {
                owners.put(unit, unit);
            }
        });
        spread();
        boolean isClaimed = told.values().stream().anyMatch(own -> isReceiver(own) || statesReception(own));
        for (Map.Entry<String, List<Step>> unit : told.entrySet()) {
            if (!owners.containsKey(unit.getKey()) && (!isClaimed || statesReception(unit.getValue()))) {
                owners.put(unit.getKey(), unit.getKey());
                spread();
            }
        }
    }

    /** Gives those that were named, the nearest first: of two that name one the first in order. */
    private void spread() {
        Map<String, String> named = new HashMap<>();
        do {
            owners.putAll(named);
            named.clear();
            for (Step step : steps) {
                String home = home(step);
                String owner = owners.get(home);
                if (owner != null) {
                    name(step.said().decidingArea(), owner, named);
                    Set<String> heirs = lineage.heirs(home);
                    heirs.forEach(heir -> name(heir, owner, named));
                }
            }
        } while (!named.isEmpty());
    }

    private void name(@Nullable String area, String owner, Map<String, String> named) {
        if (area != null) {
            String unit = lineage.line(area);
            if (told.containsKey(unit) && !owners.containsKey(unit)) {
                named.putIfAbsent(unit, owner);
            }
        }
    }

    private static boolean isReceiver(List<Step> own) {
        DossierStatus first = own.get(0).status();
        return first == DossierStatus.SUBMITTED || first == DossierStatus.RECEIVED;
    }

    private static boolean statesReception(List<Step> own) {
        return own.stream().anyMatch(step -> step.said().receivedAt() != Micros.NONE);
    }
}
