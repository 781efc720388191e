package vn.kydai.event;

/**
 * How far the folds are on their way to the present.
 *
 * @param position last position folded
 * @param of last position that can be read
 */
public record CatchingUp(long position, long of) {}
