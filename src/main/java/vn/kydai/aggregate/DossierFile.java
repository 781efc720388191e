package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import vn.kydai.aggregate.Standing.End;
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

    private final String code;
    private final ArrayList<Step> steps = new ArrayList<>(4);

    /** Ingest time of its newest event, ms. */
    private long newestIngest = Long.MIN_VALUE;

    private List<Standing> standings = List.of();

    DossierFile(String code) {
        this.code = code;
    }

    /** Puts a step in its place; tells whether all that came are still kept. */
    boolean add(Step step, long ingestMillis) {
        newestIngest = Math.max(newestIngest, ingestMillis);
        int at = Collections.binarySearch(
                steps, step, (left, right) -> left.stamp().compareTo(right.stamp()));
        steps.add(at < 0 ? -at - 1 : at, shared(step));
        if (steps.size() <= MAX_STEPS) {
            return true;
        }
        return removeExcess(step.stamp().source());
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
            return true;
        }
        steps.remove(excess);
        return false;
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
