package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Standing.End;
import vn.kydai.event.FoldBound;
import vn.kydai.registry.Lineage;

/**
 * Every step told of one code in the order they happened, whatever order they came in: as a rule one dossier, two where two
 * units each received one under it.
 */
final class DossierFile implements Serializable {
    /** Real dossiers have 4 to 6 steps; a runaway source must not eat the memory, nor drive out what others said. */
    static final int MAX_STEPS = 256;

    /** Of more than that the first and the last ones of a source stay: whatever order they come in, they are the same. */
    private static final int FIRST_STEPS = MAX_STEPS / 2;

    /** Units whose sources tell of one code, and sources of one of them: the first told of. Every step of theirs is judged. */
    static final int MAX_UNITS = 8;

    static final int MAX_SOURCES = 8;

    private final String code;
    private final ArrayList<Step> steps = new ArrayList<>(4);

    /** Ingest time of its newest event, ms. */
    private long newestIngest = Long.MIN_VALUE;

    private List<Standing> standings = List.of();

    /** Who tells of it, in the order of the journal; absent while it is one source in one area, as nearly always. */
    private @Nullable List<Teller> tellers;

    /** A source, in the area it stood in. */
    private record Teller(String area, String source) implements Serializable {
        static Teller of(Step step) {
            return new Teller(step.said().area(), step.stamp().source());
        }
    }

    DossierFile(String code) {
        this.code = code;
    }

    /** Puts a step in its place; returns the bound that it goes beyond. */
    @Nullable
    FoldBound add(Step step, long ingestMillis) {
        if (!isHeard(Teller.of(step))) {
            return FoldBound.DOSSIER_SOURCES;
        }
        newestIngest = Math.max(newestIngest, ingestMillis);
        int at = Collections.binarySearch(
                steps, step, (left, right) -> left.stamp().compareTo(right.stamp()));
        steps.add(at < 0 ? -at - 1 : at, shared(step));
        boolean isExcess = steps.size() > MAX_STEPS && removeExcess(step.stamp().source());
        return isExcess ? FoldBound.STEPS : null;
    }

    long newestIngest() {
        return newestIngest;
    }

    /** Returns how each dossier of this code stood when last judged; none before. */
    List<Standing> standings() {
        return standings;
    }

    void setStandings(List<Standing> next) {
        standings = next;
    }

    boolean isRunning() {
        return standings.stream().anyMatch(standing -> standing.end() == End.RUNNING);
    }

    /** Tells whether more than one area tells of it or is named. */
    boolean isOfSeveral() {
        Set<String> named = new HashSet<>();
        namedAreas(named);
        return named.size() > 1;
    }

    /** Collects every area that a step was sent from or named as the deciding one. */
    void namedAreas(Set<String> areas) {
        for (Step step : steps) {
            areas.add(step.said().area());
            String deciding = step.said().decidingArea();
            if (deciding != null) {
                areas.add(deciding);
            }
        }
    }

    /**
     * Works out how each dossier of this code stands, apart from a due date that has to be computed from the procedure.
     *
     * @param isPausedByAgency whether waiting for another agency stops the clock
     */
    List<Standing> judge(boolean isPausedByAgency, Lineage lineage) {
        if (isOfOneArea()) {
            return List.of(new Judgement(code, steps)
                    .standing(isPausedByAgency, naming -> isForeign(naming, lineage), Collections.emptySortedMap()));
        }
        Parties parties = Parties.of(steps, lineage);
        SortedMap<String, Integer> leftOut = parties.leftOut();
        List<Standing> next = new ArrayList<>(1);
        for (List<Step> own : parties.dossiers()) {
            next.add(new Judgement(code, own)
                    .standing(
                            isPausedByAgency,
                            naming -> isForeign(naming, lineage) && !parties.isTold(decidingArea(naming), naming),
                            // They are told of once.
                            next.isEmpty() ? leftOut : Collections.emptySortedMap()));
        }
        return List.copyOf(next);
    }

    /** Tells whether a step names a unit that is neither its own, nor above or below that. */
    private static boolean isForeign(Step naming, Lineage lineage) {
        return !lineage.isRelated(decidingArea(naming), naming.said().area());
    }

    private static String decidingArea(Step naming) {
        String named = naming.said().decidingArea();
        return named == null ? naming.said().area() : named;
    }

    private boolean isOfOneArea() {
        String first = steps.get(0).said().area();
        return steps.stream().allMatch(step -> step.said().area().equals(first));
    }

    /** By the order of the journal: a source can choose the time of a step, not when it is received. */
    private boolean isHeard(Teller teller) {
        List<Teller> known = tellers;
        if (known == null) {
            if (steps.isEmpty() || Teller.of(steps.get(0)).equals(teller)) {
                return true;
            }
            known = new ArrayList<>(List.of(Teller.of(steps.get(0))));
            tellers = known;
        }
        if (known.contains(teller)) {
            return true;
        }
        Set<String> units = new HashSet<>();
        int ofUnit = 0;
        for (Teller other : known) {
            units.add(other.area());
            ofUnit += other.area().equals(teller.area()) ? 1 : 0;
        }
        boolean isHeard = ofUnit == 0 ? units.size() < MAX_UNITS : ofUnit < MAX_SOURCES;
        if (isHeard) {
            known.add(teller);
        }
        return isHeard;
    }

    /** Removes a step between the first and the last ones of a source, if it has too many. */
    private boolean removeExcess(String source) {
        int told = 0;
        int excess = -1;
        for (int index = 0; index < steps.size(); index++) {
            if (steps.get(index).stamp().source().equals(source)) {
                excess = told == FIRST_STEPS ? index : excess;
                told++;
            }
        }
        if (told <= MAX_STEPS) {
            return false;
        }
        steps.remove(excess);
        return true;
    }

    private Step shared(Step step) {
        for (Step other : steps) {
            if (other.said().equals(step.said())) {
                return new Step(step.stamp(), step.status(), other.said());
            }
        }
        return step;
    }
}
