package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.TypedText;
import vn.kydai.registry.Sources.SourceKind;

/**
 * A source to be registered, or moved when its id is known already.
 *
 * @param area where it belongs; absent leaves a known one where it is
 * @param behind id of the gateway that may speak for it; absent keeps the present one
 * @param tokenHash of the token it signs in with; absent keeps the present one
 * @param name what the place is called, in its one spelling; absent keeps the present one
 * @param metrics what it measures, the main one first; empty keeps the present ones
 */
public record Addition(
        String id,
        @Nullable String area,
        SourceKind kind,
        @Nullable String behind,
        @Nullable String tokenHash,
        @Nullable String name,
        List<Sources.Metric> metrics) {
    public Addition {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        name = name == null ? null : TypedText.name(name);
        metrics = List.copyOf(metrics);
    }

    /** Tells whether it changes nothing of a source that stays where it is. */
    boolean saysNothing() {
        return behind == null && tokenHash == null && name == null && metrics.isEmpty();
    }

    /** A source of which nothing new is said about what it is called and measures. */
    public Addition(
            String id, @Nullable String area, SourceKind kind, @Nullable String behind, @Nullable String tokenHash) {
        this(id, area, kind, behind, tokenHash, null, List.of());
    }
}
