package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it may be listed: everything but its secret.
 *
 * @param id names it, on the command line and in the audit log
 * @param scope id of the area whose subtree it may see
 * @param expiresAt absent: never
 * @param revokedAt absent: still good
 */
public record Token(
        String id,
        Role role,
        String scope,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    public Token {
        requireNonNull(id, "id is null");
        requireNonNull(role, "role is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(name, "name is null");
        requireNonNull(createdAt, "createdAt is null");
    }

    Caller.Viewer viewer() {
        return new Caller.Viewer(name, role, scope);
    }
}
