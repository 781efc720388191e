package vn.kydai.aggregate;

/**
 * Where a part of a rollup belongs.
 *
 * @param figure id of a {@link vn.kydai.event.RollupFigure}, or of a metric behind {@code reading:}
 * @param area id of the leaf area; of readings the source's
 * @param minute epoch minute (UTC) of the event time
 */
public record RollupKey(String figure, String area, long minute) {}
