package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

/**
 * The registry as known now, for the ways in, the rules for alarms, the duty roster and the ways out; the folds know their own from the
 * journal. What is here has been journaled. Any thread may read and set it.
 */
public final class LiveRegistry {
    private volatile Registry current;
    private volatile AlarmRules rules;
    private volatile Roster roster;
    private volatile Roster reachable;
    private volatile Channels channels;

    /** Starts with what files say. */
    public LiveRegistry(Parts parts) {
        this.current = parts.registry();
        this.rules = parts.rules().withOwn();
        this.roster = parts.roster();
        this.reachable = roster.reachedBy(parts.channels());
        this.channels = parts.channels();
    }

    /** Returns what is known now. */
    public Registry current() {
        return current;
    }

    /** Returns the rules in force. */
    public AlarmRules rules() {
        return rules;
    }

    /** Returns who is on duty when. */
    public Roster roster() {
        return roster;
    }

    /** Returns who is on duty when, with those channels alone that are in force. */
    public Roster reachable() {
        return reachable;
    }

    /** Returns the ways out for alarms. */
    public Channels channels() {
        return channels;
    }

    /** Replaces what is known. */
    public void set(Registry registry) {
        this.current = requireNonNull(registry, "registry is null");
    }

    /** Replaces the rules, the roster and the ways out. */
    public void set(AlarmRules nextRules, Roster nextRoster, Channels nextChannels) {
        this.rules = nextRules.withOwn();
        this.roster = requireNonNull(nextRoster, "nextRoster is null");
        this.reachable = nextRoster.reachedBy(nextChannels);
        this.channels = requireNonNull(nextChannels, "nextChannels is null");
    }
}
