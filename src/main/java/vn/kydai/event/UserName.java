package vn.kydai.event;

import java.util.regex.Pattern;

/** How a person is named where they sign in, in {@code by} of what they did, and on the duty roster. */
public record UserName(String text) {
    /** Two to 32 characters, a letter first; lower case, so that no two differ by case alone. */
    public static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

    public UserName {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("found " + text + "; allowed: text of the pattern " + PATTERN.pattern());
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
