package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import vn.kydai.event.Picture.AlarmState;

/**
 * The state of an alarm, after ISA-18.2 / IEC 62682 (letters of the standard's figure). What a state does not answer to
 * leaves it as it is.
 *
 * <pre>
 *            raise                  acknowledge               raise: re-alarm, the priority has risen
 * A normal ---------> B unacknowledged ---------> C acknowledged ---------> B
 *            clear                                   clear
 * B ------------------> D returned   C ---------------------------> A      D: acknowledge -> A, raise -> B
 *            clear, latching                        clear, latching
 * B ------------------> E latched    C ---------------------------> F latched, acknowledged
 * E: acknowledge -> F               F: reset -> A                          E, F: raise -> B
 *
 * any: shelve -> G shelved, suppress -> H suppressed by design, remove -> I out of service
 * G: unshelve, H: release, I: restore -> B when the condition is active, A when it is clear
 * </pre>
 */
sealed interface State extends Serializable {
    /** The condition has become active, or its priority has risen. */
    State raise();

    /**
     * The condition has become clear.
     *
     * @param isLatching whether the alarm stays until it is reset
     */
    State clear(boolean isLatching);

    /** Tells whether the condition is active. */
    boolean isActive();

    /** Returns its name on the wall. */
    AlarmState shown();

    /** An operator says: seen, I act. */
    default State acknowledge() {
        return this;
    }

    /** An operator ends a latched alarm. */
    default State reset() {
        return this;
    }

    /** An operator hides it for a while. */
    default State shelve() {
        return new Shelved(isActive());
    }

    /** The shelf's time is over, or an operator ends it. */
    default State unshelve() {
        return this;
    }

    /** It means nothing now, by design. */
    default State suppress() {
        return new Suppressed(isActive());
    }

    /** It means something again. */
    default State release() {
        return this;
    }

    /** Its device is taken out of service. */
    default State remove() {
        return new OutOfService(isActive());
    }

    /** Its device is back in service. */
    default State restore() {
        return this;
    }

    /** Returns B or A, as the condition is now. */
    private static State asConditionIs(boolean isActive) {
        return isActive ? new Unacknowledged() : new Normal();
    }

    /** A. */
    record Normal() implements State {
        @Override
        public State raise() {
            return new Unacknowledged();
        }

        @Override
        public State clear(boolean isLatching) {
            return this;
        }

        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.NORMAL;
        }
    }

    /** B. */
    record Unacknowledged() implements State {
        @Override
        public State raise() {
            return this;
        }

        @Override
        public State clear(boolean isLatching) {
            return isLatching ? new Latched() : new Returned();
        }

        @Override
        public State acknowledge() {
            return new Acknowledged();
        }

        @Override
        public boolean isActive() {
            return true;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.UNACKNOWLEDGED;
        }
    }

    /** C. */
    record Acknowledged() implements State {
        @Override
        public State raise() {
            return new Unacknowledged();
        }

        @Override
        public State clear(boolean isLatching) {
            return isLatching ? new LatchedAcknowledged() : new Normal();
        }

        @Override
        public boolean isActive() {
            return true;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.ACKNOWLEDGED;
        }
    }

    /** D. */
    record Returned() implements State {
        @Override
        public State raise() {
            return new Unacknowledged();
        }

        @Override
        public State clear(boolean isLatching) {
            return this;
        }

        @Override
        public State acknowledge() {
            return new Normal();
        }

        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.RETURNED;
        }
    }

    /** E. */
    record Latched() implements State {
        @Override
        public State raise() {
            return new Unacknowledged();
        }

        @Override
        public State clear(boolean isLatching) {
            return this;
        }

        @Override
        public State acknowledge() {
            return new LatchedAcknowledged();
        }

        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.LATCHED;
        }
    }

    /** F. */
    record LatchedAcknowledged() implements State {
        @Override
        public State raise() {
            return new Unacknowledged();
        }

        @Override
        public State clear(boolean isLatching) {
            return this;
        }

        @Override
        public State reset() {
            return new Normal();
        }

        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public AlarmState shown() {
            return AlarmState.LATCHED_ACKNOWLEDGED;
        }
    }

    /** G. */
    record Shelved(boolean isActive) implements State {
        @Override
        public State raise() {
            return new Shelved(true);
        }

        @Override
        public State clear(boolean isLatching) {
            return new Shelved(false);
        }

        @Override
        public State unshelve() {
            return asConditionIs(isActive);
        }

        @Override
        public AlarmState shown() {
            return AlarmState.SHELVED;
        }
    }

    /** H. */
    record Suppressed(boolean isActive) implements State {
        @Override
        public State raise() {
            return new Suppressed(true);
        }

        @Override
        public State clear(boolean isLatching) {
            return new Suppressed(false);
        }

        @Override
        public State release() {
            return asConditionIs(isActive);
        }

        @Override
        public AlarmState shown() {
            return AlarmState.SUPPRESSED;
        }
    }

    /** I. */
    record OutOfService(boolean isActive) implements State {
        @Override
        public State raise() {
            return new OutOfService(true);
        }

        @Override
        public State clear(boolean isLatching) {
            return new OutOfService(false);
        }

        @Override
        public State restore() {
            return asConditionIs(isActive);
        }

        @Override
        public AlarmState shown() {
            return AlarmState.OUT_OF_SERVICE;
        }
    }
}
