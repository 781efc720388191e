package vn.kydai.bench.load;

/** How far a load process is; it prints the name on a line of its own. */
public enum Phase {
    CONNECTED,
    /** The warm-up is over. */
    MEASURING,
    MEASURED
}
