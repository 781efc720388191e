package vn.kydai.it;

import java.util.BitSet;

/** Whoever sends what is generated, and holds every answer against what had to come. Confined to one thread at a time. */
public interface GeneratedSource extends AutoCloseable {
    /** Returns the id of the source in whose name it sends. */
    String source();

    /** Sends so many; while nobody answers, waits for the gate. */
    void send(int count, Gate gate) throws InterruptedException;

    /** Returns the numbers of what was acknowledged as taken, now or before. */
    BitSet acknowledged();

    /** Returns how many events were acknowledged as taken. */
    long taken();

    /** Returns how many of them the server had taken before, as far as it told. */
    long repeats();

    /** Ends its connections. */
    @Override
    void close();
}
