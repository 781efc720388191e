package vn.kydai.event.codec;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * Reads times as RFC 3339 writes them, with an offset and at most nanoseconds. Every event carries one, so a parser made
 * for this form reads them, ten times as fast as Java's own. It takes some texts that have another form, hence the
 * pattern before it.
 */
public final class Rfc3339 {
    /** What is said of a text that has another form. */
    public static final String NOT_A_TIME = "is not an RFC 3339 time with an offset";

    private static final Pattern FORM = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    private Rfc3339() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException saying of the text that it {@value #NOT_A_TIME}, or that it does not exist
     */
    public static Instant parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new DateTimeException(NOT_A_TIME);
        }
        try {
            return ITU.parseDateTime(text).toInstant();
        } catch (DateTimeException e) {
            return parsedByJava(text);
        }
    }

    /**
     * Reads a time the product itself has written: a year outside 0000 to 9999 has a sign, and more digits where needed.
     *
     * @throws DateTimeException when it is none
     */
    public static Instant stored(String text) {
        return FORM.matcher(text).matches() ? parse(text) : Instant.parse(text);
    }

    /** Takes an unknown offset, {@code -00:00}, as UTC. */
    private static Instant parsedByJava(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DateTimeException("does not exist", e);
        }
    }
}
