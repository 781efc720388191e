package vn.kydai.bench.load;

import io.vertx.core.Future;

/** One connection that sends. On one event loop. */
interface Line {
    /**
     * Connects.
     *
     * @param whenRoom told whenever it may send again
     */
    Future<Void> open(Runnable whenRoom);

    /** Tells whether it may send now, by its window. */
    boolean hasRoom();

    /** Sends what is due at a moment of {@link System#nanoTime}. */
    void send(long dueNanos);

    /** Writes out what {@link #send} has gathered. */
    void flush();

    void close();
}
