package vn.kydai.bench;

import java.util.Map;

/**
 * What the processes had used at a moment. Not a number where the system does not tell.
 *
 * @param server CPU seconds
 * @param postgres CPU seconds of all its processes
 * @param load CPU seconds of the clients
 * @param machine CPU seconds of everything that runs on the machine
 */
record Usage(long nanos, double server, double postgres, double load, double machine) {
    private static final double PERCENT = 100;

    /** Puts the shares of one core since an earlier moment. */
    void putShares(Map<String, Double> figures, Usage earlier) {
        double seconds = (nanos - earlier.nanos) / 1e9;
        figures.put(Columns.SERVER_CPU, PERCENT * (server - earlier.server) / seconds);
        figures.put(Columns.POSTGRES_CPU, PERCENT * (postgres - earlier.postgres) / seconds);
        figures.put(Columns.LOAD_CPU, PERCENT * (load - earlier.load) / seconds);
        figures.put(Columns.OTHER_CPU, PERCENT * (others() - earlier.others()) / seconds);
    }

    /** A machine that is not quiet makes worse figures than the server has. */
    private double others() {
        return machine - server - load - (Double.isNaN(postgres) ? 0 : postgres);
    }
}
