package vn.kydai.event;

/**
 * What is counted over time, under its own instant: the ids in the table of rollups. A figure of the wall is one of these,
 * or made of them.
 */
public enum RollupFigure {
    /** Dossiers under their reception, by the deciding area, and what part of them was … */
    RECEIVED("received"),
    ONLINE("online"),
    DIGITISED("digitised"),
    WITH_FEE("withFee"),
    PAID_ONLINE("paidOnline"),
    /** Dossiers under the end of their processing, by the deciding area. */
    DONE("done"),
    EARLY("early"),
    ON_TIME("onTime"),
    LATE("late"),
    CLOSED_OTHER("closedOther"),
    /** The same by the receiving area. */
    RECEIVED_HERE("receivedHere"),
    DONE_HERE("doneHere"),
    CLOSED_OTHER_HERE("closedOtherHere"),
    /** Tickets under their issue, and under their first call. */
    ISSUED("issued"),
    CALLED("called"),
    /** Tickets that did not come, under the last time they were missed. */
    NO_SHOW("noShow"),
    /** Tickets given back before they were called, under that instant. */
    ABANDONED("abandoned"),
    /** Waits under the first call, services under their end: sums in µs, bins of ten seconds. */
    WAIT("wait"),
    SERVICE("service"),
    RATINGS("ratings"),
    SATISFIED("satisfied");

    /** Before the id of a metric, whose readings are kept by source instead of area, in millionths of its unit. */
    public static final String READING = "reading:";

    /** Before the id of a counter (quầy): tickets under its call, if it was the last to call them. */
    public static final String COUNTER = "counter:";

    private final String id;

    RollupFigure(String id) {
        this.id = id;
    }

    /** Returns the id in the table. */
    public String id() {
        return id;
    }
}
