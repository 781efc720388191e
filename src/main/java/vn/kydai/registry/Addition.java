package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Place;
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
 * @param levels alert levels of the main metric in its unit, rising; empty for none, absent keeps the present ones
 * @param placing where it is put on the map; absent leaves it where it is
 */
public record Addition(
        String id,
        @Nullable String area,
        SourceKind kind,
        @Nullable String behind,
        @Nullable String tokenHash,
        @Nullable String name,
        List<Sources.Metric> metrics,
        @Nullable List<Double> levels,
        @Nullable Placing placing) {
    private static final int MOST_LEVELS = 5;
    private static final double LARGEST = 1e6;

    public Addition {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        name = name == null ? null : TypedText.name(name);
        metrics = List.copyOf(metrics);
        levels = levels == null ? null : List.copyOf(levels);
    }

    /** A source of which nothing new is said of where it stands on the map. */
    public Addition(
            String id,
            @Nullable String area,
            SourceKind kind,
            @Nullable String behind,
            @Nullable String tokenHash,
            @Nullable String name,
            List<Sources.Metric> metrics,
            @Nullable List<Double> levels) {
        this(id, area, kind, behind, tokenHash, name, metrics, levels, null);
    }

    /** A source of whose alert levels nothing new is said. */
    public Addition(
            String id,
            @Nullable String area,
            SourceKind kind,
            @Nullable String behind,
            @Nullable String tokenHash,
            @Nullable String name,
            List<Sources.Metric> metrics) {
        this(id, area, kind, behind, tokenHash, name, metrics, null);
    }

    /** Tells whether it changes nothing of a source that stays where it is. */
    boolean saysNothing() {
        return behind == null
                && tokenHash == null
                && name == null
                && metrics.isEmpty()
                && levels == null
                && placing == null;
    }

    /** A source of which nothing new is said about what it is called and measures. */
    public Addition(
            String id, @Nullable String area, SourceKind kind, @Nullable String behind, @Nullable String tokenHash) {
        this(id, area, kind, behind, tokenHash, null, List.of());
    }

    /**
     * Where a source is put.
     *
     * @param at absent takes it off the map
     */
    public record Placing(@Nullable Place at) {
        public static final Placing NOWHERE = new Placing(null);
    }

    /**
     * Reads where it is put; absent when nothing is said of it.
     *
     * @throws RegistrationRefused when one of the two is missing, or it is nowhere in Viet Nam
     */
    public static @Nullable Placing placing(@Nullable Double latitude, @Nullable Double longitude) {
        if (latitude == null && longitude == null) {
            return null;
        }
        if (latitude == null || longitude == null || !Place.isWithin(latitude, longitude)) {
            throw new RegistrationRefused(
                    "place: found latitude " + latitude + ", longitude " + longitude + "; allowed: both, "
                            + Place.ALLOWED,
                    false);
        }
        return new Placing(new Place(latitude, longitude));
    }

    /**
     * Returns what it measures then, the main metric with the levels that are said.
     *
     * @throws RegistrationRefused when there is no metric for them, or they are no levels
     */
    List<Sources.Metric> withLevels(List<Sources.Metric> measured) {
        if (levels == null) {
            return measured;
        }
        boolean isRising = IntStream.range(1, levels.size()).allMatch(next -> levels.get(next) > levels.get(next - 1));
        boolean isBounded = levels.stream().allMatch(level -> Double.isFinite(level) && Math.abs(level) <= LARGEST);
        if (levels.size() > MOST_LEVELS || !isRising || !isBounded) {
            throw new RegistrationRefused(
                    "levels: found " + levels + "; allowed: at most " + MOST_LEVELS + " rising numbers", false);
        }
        if (measured.isEmpty()) {
            throw new RegistrationRefused(
                    "levels: found none that it measures; allowed: levels beside a metric", false);
        }
        List<Sources.Metric> changed = new ArrayList<>(measured);
        changed.set(0, changed.getFirst().withLevels(levels));
        return changed;
    }
}
