package vn.kydai.transfer;

/** What a column holds. */
sealed interface Target {
    /** A field of the row. */
    record Field(String id) implements Target {}

    /**
     * The values of one metric, where each metric has a column of its own.
     *
     * @param unit UCUM
     */
    record Measured(String metric, String unit) implements Target {}
}
