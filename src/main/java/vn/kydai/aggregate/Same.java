package vn.kydai.aggregate;

import org.jspecify.annotations.Nullable;

/** Keeps instances: a reader of pictures skips what it has seen by reference. */
final class Same {
    private Same() {}

    /** Returns the known instance if the new one equals it, else the new one. */
    static <T> T or(@Nullable T known, T next) {
        return known != null && next.equals(known) ? known : next;
    }

    /** Tells whether two are one instance; cheaper than equality, and what a reader of pictures asks. */
    @SuppressWarnings("ReferenceEquality")
    static boolean instance(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
