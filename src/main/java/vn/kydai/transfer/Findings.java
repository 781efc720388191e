package vn.kydai.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is wrong or odd in a file, summed by field and reason with the first lines of each: an error that every row has is one
 * error. Holds a bounded number of reasons; what comes beyond them is summed as one.
 */
public final class Findings {
    private static final int MAX_REASONS = 100;
    private static final int FIRST_LINES = 3;
    private static final String DETAIL = ": ";

    private final Map<String, Finding> byReason = new LinkedHashMap<>();

    private static final class Finding {
        private final List<Long> firstLines = new ArrayList<>();
        private final String example;
        private long rows;

        private Finding(String example) {
            this.example = example;
        }
    }

    /** Takes what was found in a row; what stands behind a colon is an example. */
    void add(long line, String field, String reason) {
        String whole = field.isEmpty() ? reason : field + " " + reason;
        int detail = whole.indexOf(DETAIL);
        String key = detail < 0 ? whole : whole.substring(0, detail);
        if (byReason.size() == MAX_REASONS && !byReason.containsKey(key)) {
            key = "other reasons";
        }
        Finding finding = byReason.computeIfAbsent(key, any -> new Finding(detail < 0 ? "" : whole.substring(detail)));
        finding.rows++;
        if (finding.firstLines.size() < FIRST_LINES) {
            finding.firstLines.add(line);
        }
    }

    /** Returns a line of text for each reason, the one of most rows first. */
    public List<String> lines() {
        return byReason.entrySet().stream()
                .sorted((one, other) -> Long.compare(other.getValue().rows, one.getValue().rows))
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String reason, Finding finding) {
        String lines = finding.firstLines.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return finding.rows
                + (finding.rows == 1 ? " row, line " : " rows, lines ")
                + lines
                + (finding.rows > finding.firstLines.size() ? " …" : "")
                + DETAIL
                + reason
                + finding.example;
    }
}
