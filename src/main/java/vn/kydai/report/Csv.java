package vn.kydai.report;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import vn.kydai.access.Problem;

/** Writes a table as RFC 4180, for spreadsheets: UTF-8 with a byte order mark, or Excel reads Vietnamese wrongly. */
final class Csv {
    static final String TYPE = "text/csv; charset=utf-8";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A cell that begins with one of these would be run as a formula. */
    private static final String FORMULA_BEGINNINGS = "=+-@\t\r";

    private final StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);

    /** Reads the parameter {@code format}: {@code json}, the default, or {@code csv}. */
    static boolean isAsked(RoutingContext context) {
        String format = context.request().getParam("format");
        if (format != null && !format.equals("csv") && !format.equals("json")) {
            throw new Problem(400, "format must be json or csv");
        }
        return "csv".equals(format);
    }

    /** Adds a row of texts and whole numbers. */
    void add(List<?> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String cell(Object cell) {
        String value = cell.toString();
        if (cell instanceof Number) {
            return value;
        }
        boolean isFormula = value.length() > 1 && FORMULA_BEGINNINGS.indexOf(value.charAt(0)) >= 0;
        String safe = isFormula ? "'" + value : value;
        return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
