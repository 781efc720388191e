package vn.kydai.event;

/**
 * What the folds keep no more of than a bound, since its number is the sender's choice. What comes beyond is in the journal,
 * is counted and named by its source, and changes no figure that would need it to be kept.
 */
public enum FoldBound {
    /** Events of dossiers of one source and local day of receipt. */
    DOSSIERS("dossiers"),
    /** Events of tickets of one source and local day of receipt. */
    TICKETS("tickets"),
    /** Ratings of one source and local day of receipt. */
    RATINGS("ratings"),
    /** Counters that calls of tickets of one area and day name. */
    COUNTERS("counters"),
    /** Steps of one dossier from one source: the first and the last ones by event time are kept. */
    STEPS("steps"),
    /** Areas whose sources tell of one dossier code, and sources of one of them: the first told of. */
    DOSSIER_SOURCES("dossierSources"),
    /** Counters of one source that ratings of one day name. */
    RATING_COUNTERS("ratingCounters"),
    /** Indicators of one area, and periods of one of them. */
    INDICATORS("indicators"),
    /** Local days from an event to its receipt: a clock that is years behind shows here. No rollup has them, dossiers apart. */
    LATENESS("lateness");

    private final String id;

    FoldBound(String id) {
        this.id = id;
    }

    /** Returns its name in metrics and reports. */
    public String id() {
        return id;
    }
}
