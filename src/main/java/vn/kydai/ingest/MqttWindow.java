package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * How much of one connection may wait for the journal. Where the protocol lets a client know its bound (Receive Maximum
 * of MQTT 5), one that goes beyond is told so; every other is read no further until something has been committed, since
 * it could only send the same again. Confined to the connection's event loop.
 */
final class MqttWindow {
    /** How soon what the journal had no room for is tried again. */
    private static final int AGAIN_MS = 100;

    private final Vertx vertx;
    private final MqttGuard guard;
    private final boolean isVersion5;
    private final int max;
    private final Deque<BooleanSupplier> parked = new ArrayDeque<>();
    private int promised;
    private int unpromised;
    private boolean isClosed;

    MqttWindow(Vertx vertx, MqttGuard guard, boolean isVersion5, int max) {
        this.vertx = vertx;
        this.guard = guard;
        this.isVersion5 = isVersion5;
        this.max = max;
    }

    /** Returns the bound. */
    int max() {
        return max;
    }

    /** Notes a message that waits for the journal. */
    void began(MqttQoS qos) {
        count(qos, 1);
        if (isFull()) {
            guard.pause(MqttGuard.Pause.WINDOW);
        }
    }

    /** Notes that the journal has taken or refused one. */
    void ended(MqttQoS qos) {
        count(qos, -1);
        if (!isFull()) {
            guard.resume(MqttGuard.Pause.WINDOW);
        }
    }

    private void count(MqttQoS qos, int change) {
        if (qos == MqttQoS.AT_MOST_ONCE) {
            unpromised += change;
        } else {
            promised += change;
        }
    }

    /** A client of MQTT 5 knows how many it may promise, so that only what has no number can fill its window. */
    private boolean isFull() {
        return (isVersion5 ? unpromised : unpromised + promised) >= max;
    }

    /** Tells whether something waits that the journal had no room for: what comes after it must wait too. */
    boolean isParked() {
        return !parked.isEmpty();
    }

    /**
     * Lets a message wait, and reads nothing more meanwhile.
     *
     * @param attempt tries it again; returns false when there still is no room
     */
    void park(BooleanSupplier attempt) {
        parked.add(attempt);
        if (parked.size() == 1) {
            guard.pause(MqttGuard.Pause.JOURNAL);
            long unused = vertx.setTimer(AGAIN_MS, due -> again());
        }
    }

    private void again() {
        while (!isClosed && !parked.isEmpty() && parked.peek().getAsBoolean()) {
            parked.remove();
        }
        if (isClosed) {
            return;
        }
        if (parked.isEmpty()) {
            guard.resume(MqttGuard.Pause.JOURNAL);
        } else {
            long unused = vertx.setTimer(AGAIN_MS, due -> again());
        }
    }

    /** Tries nothing again. */
    void close() {
        isClosed = true;
        parked.clear();
    }
}
