package vn.kydai.transfer;

/**
 * What became of a file so far.
 *
 * @param rows read, without headings and blank lines
 * @param refusedRows of those, from which something was not taken
 * @param committed events that are new
 * @param duplicate events that the server had
 * @param rejected events that the server did not take
 */
public record Totals(long rows, long refusedRows, long committed, long duplicate, long rejected) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    /** Returns how many events were posted. */
    public long events() {
        return committed + duplicate + rejected;
    }

    Totals plus(Totals other) {
        return new Totals(
                rows + other.rows,
                refusedRows + other.refusedRows,
                committed + other.committed,
                duplicate + other.duplicate,
                rejected + other.rejected);
    }
}
