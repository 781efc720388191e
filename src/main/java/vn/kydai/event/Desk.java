package vn.kydai.event;

import java.time.Instant;
import java.util.SortedMap;

/**
 * One desk on the day shown. Dossiers are named by the last four characters of their code, at most 24 of each kind;
 * the counts are of all.
 *
 * @param counters by the counter's name; those that took a step with a ticket today
 * @param dueCount how many running dossiers this area decides are due today
 * @param resultCount how many results of dossiers received here wait to be fetched, of the last 30 days
 * @param results since when each can be fetched
 */
public record Desk(
        SortedMap<String, Counter> counters,
        long dueCount,
        SortedMap<String, Due> due,
        long resultCount,
        SortedMap<String, Instant> results) {
    /**
     * One counter (quầy) of a desk.
     *
     * @param ticket the last one it called, served or missed
     * @param isServing whether it called that ticket and has not finished with it
     * @param since event time of that step
     */
    public record Counter(String ticket, boolean isServing, Instant since) {}

    /** A running dossier that is due today. */
    public record Due(String procedure, DossierStatus status) {}
}
