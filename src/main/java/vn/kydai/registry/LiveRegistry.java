package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

/** The registry as known now, for the ways in; the folds know their own from the journal. Any thread may read and set it. */
public final class LiveRegistry {
    private volatile Registry current;

    /** Starts with what is known. */
    public LiveRegistry(Registry current) {
        this.current = requireNonNull(current, "current is null");
    }

    /** Returns what is known now. */
    public Registry current() {
        return current;
    }

    /** Replaces it. */
    public void set(Registry registry) {
        this.current = requireNonNull(registry, "registry is null");
    }
}
