package vn.kydai.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class EventLoopLagTest {
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @Test
    void aLoopThatNeverRunsAgainIsSeenAllTheSame() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Vertx vertx = Vertx.vertx();
        CountDownLatch end = new CountDownLatch(1);
        try {
            EventLoopLag.start(vertx, registry).await(10, TimeUnit.SECONDS);
            Gauge lag = registry.get("kydai.eventloop.lag").gauge();
            vertx.runOnContext(nothing -> awaitEnd(end));

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (lag.value() <= 1) {
                assertTrue(System.nanoTime() < deadline, "the lag of a blocked loop does not grow");
                LockSupport.parkNanos(LOOK_AGAIN_NS);
            }
        } finally {
            end.countDown();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
