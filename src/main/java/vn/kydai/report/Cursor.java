package vn.kydai.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;

/**
 * A place in the journal as readers pass it around: opaque to them, so that partitions can come later.
 *
 * @param position exclusive: what comes after it is next
 */
record Cursor(int partition, long position) {
    static final Cursor BEGINNING = new Cursor(0, 0);

    private static final Pattern TEXT = Pattern.compile("(0):(0|[1-9][0-9]{0,17})");

    /** Reads a cursor; absent is the beginning. */
    static Cursor of(@Nullable String text) {
        if (text == null) {
            return BEGINNING;
        }
        Matcher matcher = TEXT.matcher(decoded(text));
        if (!matcher.matches()) {
            throw unknown();
        }
        return new Cursor(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    /** Returns the same place further on. */
    Cursor at(long newPosition) {
        return new Cursor(partition, newPosition);
    }

    /** Writes it for the reader. */
    String text() {
        byte[] bytes = (partition + ":" + position).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(400, "the cursor is not one of ours: pass on the \"next\" of an earlier answer, unchanged");
    }
}
