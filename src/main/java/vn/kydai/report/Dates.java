package vn.kydai.report;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import vn.kydai.access.Problem;

/** Reads dates of query parameters, of years that both Java and PostgreSQL have. */
final class Dates {
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Dates() {}

    /**
     * Reads a date, {@code 2026-11-25}.
     *
     * @throws Problem 400 naming the parameter
     */
    static LocalDate of(String parameter, String text) {
        try {
            if (FORM.matcher(text).matches() && !text.startsWith("0000")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw wrong(parameter);
        }
        throw wrong(parameter);
    }

    private static Problem wrong(String parameter) {
        return new Problem(400, parameter + " must be a date, YYYY-MM-DD");
    }
}
