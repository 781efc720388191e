package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

/**
 * The registry as known now, for the ways in, and the rules for alarms; the folds know their own from the journal. What is
 * here has been journaled. Any thread may read and set it.
 */
public final class LiveRegistry {
    private volatile Registry current;
    private volatile AlarmRules rules;

    /** Starts with what is known. */
    public LiveRegistry(Registry current, AlarmRules rules) {
        this.current = requireNonNull(current, "current is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    /** Returns what is known now. */
    public Registry current() {
        return current;
    }

    /** Returns the rules in force. */
    public AlarmRules rules() {
        return rules;
    }

    /** Replaces what is known. */
    public void set(Registry registry) {
        this.current = requireNonNull(registry, "registry is null");
    }

    /** Replaces the rules. */
    public void set(AlarmRules next) {
        this.rules = requireNonNull(next, "next is null");
    }
}
