package vn.kydai.event;

import org.jspecify.annotations.Nullable;

/**
 * What a screen must know of an alarm's rule: what people call it, and what it watches, so that the value shown is the one its
 * source has now.
 *
 * @param vi title in Vietnamese; absent where the rule has none
 * @param en title in English; absent where the rule has none
 * @param watch what it looks at, as the rules' file says: {@code level}, {@code value}, {@code window} …
 * @param window of {@code window}: {@code 12h}
 */
public record AlarmTerms(
        @Nullable String vi,
        @Nullable String en,
        @Nullable String watch,
        @Nullable String window) {
    /** Of a rule that is not known, or not any more. */
    public static final AlarmTerms NONE = new AlarmTerms(null, null, null, null);
}
