package vn.kydai.aggregate;

import java.util.Map;

/**
 * What the rollups gain between two checkpoints.
 *
 * @param sums by figure, area and minute
 * @param firstMinute epoch minute (UTC); buckets of one minute are kept from here on: 48 h up to the newest event
 */
public record Rollups(Map<RollupKey, RollupSum> sums, long firstMinute) {}
