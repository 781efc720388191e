package vn.kydai.bench;

/** The columns of the tables; docs/performance.md says what each means. */
final class Columns {
    static final String RATE = "events/s";
    static final String COPY_RATE = "COPY rows/s";
    static final String OF_COPY = "of COPY";
    static final String ANSWER_P50 = "ack p50 ms";
    static final String ANSWER_P99 = "ack p99 ms";
    static final String ANSWER_P999 = "ack p99.9 ms";
    static final String ANSWER_MAX = "ack max ms";
    static final String WALL_P50 = "wall p50 ms";
    static final String WALL_P99 = "wall p99 ms";
    static final String WALL_MAX = "wall max ms";
    static final String UNSEEN = "not on the wall";
    static final String ALARMS = "alarms raised";
    static final String ALARM_P50 = "alarm p50 ms";
    static final String ALARM_P99 = "alarm p99 ms";
    static final String ALARM_MAX = "alarm max ms";
    static final String ALARMS_UNSEEN = "alarms not on the wall";
    static final String SERVER_CPU = "server CPU %";
    static final String POSTGRES_CPU = "PostgreSQL CPU %";
    static final String LOAD_CPU = "clients CPU %";
    static final String OTHER_CPU = "others CPU %";
    static final String SERVER_RSS = "server RSS MiB";
    static final String SERVER_RSS_BEFORE = "server RSS before MiB";
    static final String POSTGRES_PSS = "PostgreSQL PSS MiB";
    static final String READY = "ready s";
    static final String PATCH_RATE = "patches/s a wall";
    static final String PATCH_KIB = "KiB a patch";
    static final String DELAY_P50 = "delay p50 ms";
    static final String DELAY_P99 = "delay p99 ms";
    static final String DELAY_MAX = "delay max ms";
    static final String SKIPPED = "skipped ticks %";
    static final String STALLED = "stalled";
    static final String CUT = "of those closed with 4008";
    static final String GONE = "connections cut";
    static final String FIRST_CUT = "first cut s";
    static final String LAST_CUT = "last cut s";
    static final String READERS_CLOSED = "readers closed";

    private Columns() {}
}
