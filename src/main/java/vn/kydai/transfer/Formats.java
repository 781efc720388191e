package vn.kydai.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vn.kydai.event.codec.Json;

/** The forms of an export. */
public final class Formats {
    private static final String SOURCES = "/sources/";
    private static final List<String> ATTRIBUTES = List.of("id", "source", "area", "time", "ingesttime");

    /** What a spreadsheet would take for a formula, and what would be taken for the mark that keeps it from that. */
    private static final Pattern FORMULA = Pattern.compile("[=+@\t\r'-].*", Pattern.DOTALL);

    private static final String TEXT_MARK = "'";
    private static final Pattern PLAIN = Pattern.compile("(?!\\s)[^,\"\\r\\n]*(?<!\\s)");

    private Formats() {}

    /** One CloudEvent a line, as {@code simulate --play} reads it. */
    public static Download.Format ndjson() {
        return new Download.Format() {
            @Override
            public void begin(Writer out) {
                // A stream of lines has no head.
            }

            @Override
            public void write(Writer out, ObjectNode event) throws IOException {
                out.write(Json.text(event));
                out.write('\n');
            }
        };
    }

    /** A table with a column for each of some fields of the data; headings as {@code import} reads them. */
    public static Download.Format csv(List<String> fields) {
        return new Download.Format() {
            @Override
            public void begin(Writer out) throws IOException {
                List<String> headings = new ArrayList<>(ATTRIBUTES);
                headings.addAll(fields);
                out.write('\uFEFF' + String.join(",", headings) + "\r\n");
            }

            @Override
            public void write(Writer out, ObjectNode event) throws IOException {
                List<String> cells = new ArrayList<>();
                ATTRIBUTES.forEach(name -> cells.add(cell(event.path(name))));
                fields.forEach(name -> cells.add(cell(event.path("data").path(name))));
                out.write(String.join(",", cells) + "\r\n");
            }
        };
    }

    /** Returns what a cell of a table was made of. */
    static String bare(String cell) {
        return cell.startsWith(TEXT_MARK) ? cell.substring(TEXT_MARK.length()) : cell;
    }

    private static String cell(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        String text = value.asText().startsWith(SOURCES) ? value.asText().substring(SOURCES.length()) : value.asText();
        String safe = FORMULA.matcher(text).matches() ? TEXT_MARK + text : text;
        return PLAIN.matcher(safe).matches() ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
