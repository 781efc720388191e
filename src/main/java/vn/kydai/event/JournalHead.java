package vn.kydai.event;

/**
 * The journal has committed everything up to a position. A hint only: whoever misses one reads more at the next.
 *
 * @param partition the journal partition
 * @param position last position that can be read
 */
public record JournalHead(int partition, long position) implements Message {}
