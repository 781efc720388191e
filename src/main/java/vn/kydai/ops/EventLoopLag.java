package vn.kydai.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late an event loop runs its timers: what a blocking call or too much work on it costs everyone else. The worst of
 * the last {@value #WINDOW_TICKS} ticks, so that a scrape every 15 s misses little.
 */
final class EventLoopLag {
    private static final int TICK_MS = 100;
    private static final int WINDOW_TICKS = 150;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong worstNs = new AtomicLong();
    private final long[] lateNs = new long[WINDOW_TICKS];
    private int tick;
    private long lastNs;

    /** Measures on the caller's event loop until its verticle is undeployed. */
    static void start(Vertx vertx, MeterRegistry meters) {
        EventLoopLag lag = new EventLoopLag();
        Gauge.builder("kydai.eventloop.lag", lag.worstNs, worst -> worst.get() / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        lag.lastNs = System.nanoTime();
        vertx.setPeriodic(TICK_MS, timer -> lag.ticked(System.nanoTime()));
    }

    private void ticked(long nowNs) {
        lateNs[tick % WINDOW_TICKS] = Math.max(0, nowNs - lastNs - TimeUnit.MILLISECONDS.toNanos(TICK_MS));
        tick++;
        lastNs = nowNs;
        long worst = 0;
        for (long late : lateNs) {
            worst = Math.max(worst, late);
        }
        worstNs.set(worst);
    }
}
