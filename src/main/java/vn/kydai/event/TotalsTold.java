package vn.kydai.event;

/**
 * What a bucket knows of the running totals a device told within it, in millionths of the metric's unit.
 *
 * @param minute epoch minute (UTC) of its start
 */
public record TotalsTold(long minute, long least, long greatest) {}
