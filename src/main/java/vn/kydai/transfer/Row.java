package vn.kydai.transfer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row, its cells by field; blank cells are absent, words are codes already. */
final class Row {
    private static final int MAX_SHOWN_CHARS = 40;
    private static final Map<String, Boolean> FLAGS = Map.ofEntries(
            Map.entry("co", true),
            Map.entry("x", true),
            Map.entry("1", true),
            Map.entry("true", true),
            Map.entry("yes", true),
            Map.entry("khong", false),
            Map.entry("0", false),
            Map.entry("false", false),
            Map.entry("no", false));

    private final Map<String, String> cells;
    private final List<Measurement> measurements;
    private final Map<String, Numbers> numbers;
    private final boolean isExported;

    /** A cell of a column that holds one metric. */
    record Measurement(String metric, String unit, String text, Numbers numbers) {
        /** Reads the value; fails with {@link UnusableRow}. */
        BigDecimal value() {
            return numbers.parse(metric, text);
        }
    }

    Row(Map<String, String> cells, List<Measurement> measurements, Map<String, Numbers> numbers, boolean isExported) {
        this.cells = Map.copyOf(cells);
        this.measurements = List.copyOf(measurements);
        this.numbers = Map.copyOf(numbers);
        this.isExported = isExported;
    }

    /** Tells whether the product wrote it itself: then it says what the event said, and nothing is to be converted. */
    boolean isExported() {
        return isExported;
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(cells.get(field));
    }

    @Nullable
    String textOrNull(String field) {
        return cells.get(field);
    }

    String required(String field) {
        return text(field).orElseThrow(() -> new UnusableRow(field, "is missing"));
    }

    /** Returns one of some codes, in any letter case. */
    <T> T oneOf(String field, Map<String, T> codes) {
        String found = required(field);
        T code = codes.get(found.toLowerCase(Locale.ROOT));
        if (code == null) {
            throw new UnusableRow(field, "is none of " + String.join(", ", codes.keySet()) + ": " + shown(found));
        }
        return code;
    }

    /** Returns a moment; a time of day alone is one of the field {@code date}. */
    Optional<LocalMoment> moment(String field) {
        LocalDate day = field.equals("date")
                ? null
                : text("date")
                        .map(text -> LocalMoment.parse("date", text, null).date())
                        .orElse(null);
        return text(field).map(text -> LocalMoment.parse(field, text, day));
    }

    LocalMoment requiredMoment(String field) {
        return moment(field).orElseThrow(() -> new UnusableRow(field, "is missing"));
    }

    BigDecimal requiredNumber(String field) {
        return number(field, required(field));
    }

    Optional<BigDecimal> number(String field) {
        return text(field).map(text -> number(field, text));
    }

    private BigDecimal number(String field, String text) {
        return Objects.requireNonNull(numbers.get(field), field).parse(field, text);
    }

    @Nullable
    Double numberOrNull(String field) {
        return number(field).map(BigDecimal::doubleValue).orElse(null);
    }

    @Nullable
    Long wholeOrNull(String field) {
        try {
            return number(field).map(BigDecimal::longValueExact).orElse(null);
        } catch (ArithmeticException e) {
            throw new UnusableRow(field, "is no whole number");
        }
    }

    @Nullable
    Boolean flagOrNull(String field) {
        return text(field)
                .map(text -> {
                    Boolean flag = FLAGS.get(Spelling.plain(text));
                    if (flag == null) {
                        throw new UnusableRow(field, "is neither có nor không");
                    }
                    return flag;
                })
                .orElse(null);
    }

    List<Measurement> measurements() {
        return measurements;
    }

    /** A code that no table has may be anything, so only its beginning is told. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
    }
}
