package vn.kydai;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.journal.ClockDoubt;
import vn.kydai.journal.Timekeeper;
import vn.kydai.meter.Meters;
import vn.kydai.registry.ClockWords;

/**
 * Looks at the clock once a second. While it is not believed: says so once a minute, and asks for a person's word
 * ({@code kydai clock confirm}).
 */
final class ClockWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);
    private static final long LOOK_EVERY_MS = 1_000;
    private static final int LOOKS_TO_A_LINE = 60;
    private static final int LOOKS_TO_A_QUESTION = 2;

    private final Vertx vertx;
    private final Timekeeper time;
    private final ClockWords words;
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private long timer;
    private int looksInDoubt;

    ClockWatch(Vertx vertx, Timekeeper time, Pool pool, MeterRegistry meters) {
        this.vertx = vertx;
        this.time = time;
        this.words = new ClockWords(pool);
        Meters clock = new Meters(meters, "clock");
        clock.gauge("trusted", "", "1 while the server believes its machine's clock", () -> time.isTrusted() ? 1 : 0);
        clock.gauge(
                "offset",
                "seconds",
                "the machine's clock ahead of the time the server keeps; 0 while it believes it",
                () -> seconds(time));
        time.onTrust(() -> LOGGER.atInfo().log("the machine's clock is believed again"));
    }

    void start() {
        timer = vertx.setPeriodic(0, LOOK_EVERY_MS, tick -> look());
    }

    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** Returns how far the clock is from the time kept; 0 while it is believed. */
    static double seconds(Timekeeper time) {
        return time.doubt().map(doubt -> doubt.ahead().toMillis() / 1e3).orElse(0.0);
    }

    private void look() {
        time.look();
        ClockDoubt doubt = time.doubt().orElse(null);
        if (doubt == null) {
            looksInDoubt = 0;
            return;
        }
        if (looksInDoubt % LOOKS_TO_A_LINE == 0) {
            LOGGER.atWarn()
                    .addKeyValue("why", doubt.why().id())
                    .addKeyValue("aheadSeconds", doubt.ahead().toSeconds())
                    .addKeyValue("kept", time.instant())
                    .log(
                            "the machine's clock is not believed: what it would call the future waits; set the clock, or, if it"
                                    + " is right, say so: kydai clock confirm");
        }
        if (looksInDoubt % LOOKS_TO_A_QUESTION == 0 && isAsking.compareAndSet(false, true)) {
            words.last().onComplete(answer -> {
                isAsking.set(false);
                if (answer.succeeded()) {
                    answer.result().ifPresent(time::confirm);
                }
            });
        }
        looksInDoubt++;
    }
}
