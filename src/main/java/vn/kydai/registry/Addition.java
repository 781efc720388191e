package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import vn.kydai.registry.Sources.SourceKind;

/**
 * A source to be registered, or moved when its id is known already.
 *
 * @param behind id of the gateway that may speak for it; absent keeps the present one
 * @param tokenHash of the token it signs in with; absent keeps the present one
 */
public record Addition(
        String id,
        String area,
        SourceKind kind,
        @Nullable String behind,
        @Nullable String tokenHash) {
    public Addition {
        requireNonNull(id, "id is null");
        requireNonNull(area, "area is null");
        requireNonNull(kind, "kind is null");
    }
}
