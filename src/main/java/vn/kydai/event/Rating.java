package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A citizen's rating (đánh giá hài lòng).
 *
 * @param level rất hài lòng, hài lòng, không hài lòng
 * @param counter the counter (quầy) rated
 * @param dossier code of the dossier rated
 */
public record Rating(
        Level level, @Nullable String counter, @Nullable String dossier) implements Data {
    /** Levels of satisfaction. */
    public enum Level {
        VERY_SATISFIED,
        SATISFIED,
        DISSATISFIED
    }

    public Rating {
        requireNonNull(level, "level is null");
    }

    @Override
    public Kind kind() {
        return Kind.RATING;
    }
}
