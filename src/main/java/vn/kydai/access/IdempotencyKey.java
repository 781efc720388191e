package vn.kydai.access;

import org.jspecify.annotations.Nullable;

/** A caller's own key of what it asks for, so that a repeat is done once. */
public final class IdempotencyKey {
    private static final int MAX_CHARS = 200;

    private IdempotencyKey() {}

    /**
     * Checks it; absent is fine.
     *
     * @throws Problem 400 if it is blank or too long
     */
    public static void check(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > MAX_CHARS)) {
            throw new Problem(400, "Idempotency-Key: 1 to " + MAX_CHARS + " characters are allowed");
        }
    }
}
