package vn.kydai.simulate;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one source connected and its outbox moving: what was not answered before the connection broke is sent again
 * over the next one. Lives on one Vert.x context; every method must be called there.
 */
final class Link {
    private static final int FIRST_RETRY_MS = 500;
    private static final int LONGEST_RETRY_MS = 15_000;

    private final Context context;
    private final Supplier<Wire> wires;
    private final Outbox outbox;
    private final RandomGenerator jitter;
    private final Observer observer;
    private @Nullable Wire open;
    private int failures;
    private boolean isStopped;
    private final List<Waiter> waiters = new ArrayList<>();

    /** Hears what becomes of a link's parcels. */
    record Observer(Consumer<Answer> answered, Consumer<Throwable> troubled) {}

    private record Waiter(int parcels, Promise<Void> promise) {}

    Link(Context context, Supplier<Wire> wires, Outbox outbox, RandomGenerator jitter, Observer observer) {
        this.context = context;
        this.wires = wires;
        this.outbox = outbox;
        this.jitter = jitter;
        this.observer = observer;
    }

    /** Begins to connect, and goes on until stopped. */
    void start() {
        Wire wire = wires.get();
        wire.connect(() -> lost(wire)).onSuccess(connected -> opened(wire)).onFailure(problem -> {
            observer.troubled().accept(problem);
            retry();
        });
    }

    /** Takes a parcel, unless the outbox is full. */
    boolean offer(Parcel parcel) {
        boolean isTaken = outbox.offer(parcel);
        pump();
        return isTaken;
    }

    /** Returns how many parcels are unanswered. */
    int unanswered() {
        return outbox.size();
    }

    /** Completes once no more than so many parcels are unanswered. */
    Future<Void> atMost(int parcels) {
        if (outbox.size() <= parcels) {
            return Future.succeededFuture();
        }
        Waiter waiter = new Waiter(parcels, Promise.promise());
        waiters.add(waiter);
        return waiter.promise().future();
    }

    /** Leaves what is unanswered and says good-bye. */
    Future<Void> stop() {
        isStopped = true;
        Wire wire = open;
        open = null;
        return wire == null ? Future.succeededFuture() : wire.close();
    }

    private boolean isOpen(Wire wire) {
        return wire.equals(open);
    }

    private void opened(Wire wire) {
        if (isStopped) {
            wire.close().onFailure(observer.troubled()::accept);
            return;
        }
        failures = 0;
        open = wire;
        pump();
    }

    private void pump() {
        Wire wire = open;
        while (wire != null && isOpen(wire)) {
            Optional<Outbox.Shipment> next = outbox.next();
            if (next.isEmpty()) {
                return;
            }
            send(wire, next.get());
        }
    }

    private void send(Wire wire, Outbox.Shipment shipment) {
        wire.send(shipment.parcels())
                .onSuccess(answer -> {
                    if (isOpen(wire)) {
                        answered(shipment, answer);
                    }
                })
                .onFailure(problem -> {
                    if (isOpen(wire)) {
                        observer.troubled().accept(problem);
                        wire.close().onFailure(observer.troubled()::accept);
                        lost(wire);
                    }
                });
    }

    private void answered(Outbox.Shipment shipment, Answer answer) {
        outbox.answered(shipment);
        observer.answered().accept(answer);
        pump();
        List<Waiter> served = waiters.stream()
                .filter(waiter -> outbox.size() <= waiter.parcels())
                .toList();
        waiters.removeAll(served);
        served.forEach(waiter -> waiter.promise().complete());
    }

    private void lost(Wire wire) {
        if (isOpen(wire)) {
            open = null;
            outbox.rewind();
            retry();
        }
    }

    /** Waits longer after each failure, and never as long as the others: a restarted server is not met by all at once. */
    private void retry() {
        if (isStopped) {
            return;
        }
        int longest = (int) Math.min(LONGEST_RETRY_MS, (long) FIRST_RETRY_MS << Math.min(failures, 10));
        failures++;
        context.owner().setTimer(longest / 2 + jitter.nextInt(longest / 2 + 1), timer -> {
            if (!isStopped) {
                start();
            }
        });
    }
}
