package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A limit with its figure in the output of every run, held or not. */
record Budget(String what, double limit, String unit) {
    /** Says what was measured, and where it was worst; fails above the limit. */
    void hold(double measured, String where) {
        say(measured, where);
        assertTrue(
                measured <= limit,
                () -> "%s: %,.1f %s at most, %,.1f in %s".formatted(what, limit, unit, measured, where));
    }

    /** Says what was measured without judging it. */
    void say(double measured, String where) {
        System.out.printf("budget: %s at most %,.1f %s, measured %,.1f (%s)%n", what, limit, unit, measured, where);
    }
}
