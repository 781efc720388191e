package vn.kydai.report;

import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;

/** How many of a list one page holds: the parameter {@code limit}. */
final class PageLimit {
    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;

    private PageLimit() {}

    /** Reads it; absent is 100. Fails with 400 when it is no whole number from 1 to 1,000. */
    static int of(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MOST) {
            throw new Problem(400, "limit must be a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }
}
