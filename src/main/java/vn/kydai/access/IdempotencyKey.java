package vn.kydai.access;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Digest;

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

    /** Returns what names a caller's deed: the same for his same key, and without one like no other. */
    public static String own(Caller.Viewer viewer, @Nullable String key) {
        String said = key == null ? UUID.randomUUID().toString() : viewer.name() + "\n" + key;
        return Digest.of(said.getBytes(StandardCharsets.UTF_8));
    }
}
