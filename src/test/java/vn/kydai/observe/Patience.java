package vn.kydai.observe;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what takes a few scrapes. */
public final class Patience {
    private static final long AT_MOST_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private Patience() {}

    /** Something that can be done again. */
    public interface Deed {
        void happen() throws Exception;
    }

    /** Waits until a condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        List<String> left = untilNone(() -> condition.getAsBoolean() ? List.of() : List.of(what));
        if (!left.isEmpty()) {
            throw new AssertionError("in vain: " + what);
        }
    }

    /**
     * Does something again and again until a condition holds: what is seen of it once may already be over when a slow
     * machine looks.
     */
    public static void doingUntil(String what, Deed deed, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + AT_MOST_NS;
        deed.happen();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            deed.happen();
        }
    }

    /** Waits until there is no complaint any more; returns those there were at the end. */
    public static List<String> untilNone(Supplier<List<String>> complaints) {
        long deadline = System.nanoTime() + AT_MOST_NS;
        while (true) {
            List<String> found = complaints.get();
            if (found.isEmpty() || System.nanoTime() > deadline) {
                return found;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
