package vn.kydai.simulation;

/** Something that must hold did not. */
final class Violation extends RuntimeException {
    Violation(String what) {
        super(what, null, false, true);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }

    /** Says that something must hold. */
    static void unless(boolean holds, String what) {
        if (!holds) {
            throw new Violation(what);
        }
    }
}
