package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A browser's session just opened.
 *
 * @param secret value of the cookie; shown once, kept only hashed
 * @param viewer whom it stands for
 * @param lasts how long its token is still good; absent: until revoked
 */
public record Session(
        String secret, Caller.Viewer viewer, @Nullable Duration lasts) {
    public Session {
        requireNonNull(secret, "secret is null");
        requireNonNull(viewer, "viewer is null");
    }

    @Override
    public String toString() {
        return "Session[" + viewer + "]";
    }
}
