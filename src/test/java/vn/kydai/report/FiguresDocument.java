package vn.kydai.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The text of {@code docs/figures.md}: one row a figure, in the order of the dictionary. */
final class FiguresDocument {
    private static final String BEGINNING = """
            # Figures

            Every number on the wall, as `GET /api/v1/figures` tells it to programs and pages. This page is generated from the dictionary,
            `src/main/resources/figures.json`: `mvn -q test-compile surefire:test -Dtest=FiguresDocumentTest -Dkydai.docs.update=true`; tests
            compare both with what the folds compute.

            A day is a local date (Asia/Ho_Chi_Minh). A share is a fraction 0…1 and has no value while its denominator is 0. Better: the
            direction in which a figure should go. Laws are named from secondary sources: compare with their text before quoting them.

            | figure | tên | name | unit | better | formula | source in law | events |
            |---|---|---|---|---|---|---|---|
            """;

    private FiguresDocument() {}

    /** Writes the page of a dictionary. */
    static String text(JsonNode dictionary) {
        StringBuilder text = new StringBuilder(BEGINNING);
        dictionary.forEach(figure ->
                text.append("| ").append(String.join(" | ", cells(figure))).append(" |\n"));
        return text.toString();
    }

    private static List<String> cells(JsonNode figure) {
        List<String> events = new ArrayList<>();
        figure.path("events").forEach(kind -> events.add(kind.textValue()));
        return List.of(
                "`" + text(figure, "id") + "`",
                text(figure, "vi") + ": " + text(figure, "viNote"),
                text(figure, "en") + ": " + text(figure, "enNote"),
                "`" + text(figure, "unit") + "`",
                better(text(figure, "direction")),
                text(figure, "formula"),
                figure.has("law") ? text(figure, "law") : "practice",
                String.join(", ", events));
    }

    private static String better(String direction) {
        return switch (direction) {
            case "up" -> "higher";
            case "down" -> "lower";
            default -> "";
        };
    }

    private static String text(JsonNode figure, String field) {
        return figure.path(field).asText().replace("|", "\\|");
    }
}
