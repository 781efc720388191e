package vn.kydai.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.transfer.Numbers.Proof;

/**
 * What all cells of a file prove about how its columns are written, before anything is posted: which mark is a column's
 * decimal one, and that its dates begin with the day. A column that proves two things, or leaves open what a number is, is
 * refused with the file, saying why. Holds a few cells a column, whatever the size of the file.
 */
final class Survey {
    /** Fields that have no fraction: a mark before three digits groups thousands. */
    private static final Set<String> WHOLE = Set.of("fee", "seq");

    private static final String ASK =
            "; allowed: decimal: \",\" or decimal: \".\" in a mapping (--mapping), which says which one is the decimal mark";

    private final Layout layout;
    private final Map<String, Map<Proof, Cell>> numbers = new LinkedHashMap<>();
    private final Map<String, Map<LocalMoment.Order, Cell>> dates = new LinkedHashMap<>();

    private record Cell(long line, String text) {
        @Override
        public String toString() {
            return Row.shown(text) + " in line " + line;
        }
    }

    private Survey(Layout layout) {
        this.layout = layout;
    }

    /**
     * Reads a file and returns how the numbers of each of its columns are written, by heading.
     *
     * @throws UnreadableFile when a column proves two things, or a number may be two
     */
    static Map<String, Numbers> of(Path path, Mapping mapping, Sheet sheet) throws IOException {
        try (CsvFile file = CsvFile.open(path)) {
            Survey survey = new Survey(Layout.find(file, mapping, sheet, Map.of()));
            survey.read(file);
            return survey.conclude(mapping.decimal().orElse(null));
        }
    }

    /** What cannot be read any further is told when the import comes there. */
    private void read(CsvFile file) throws IOException {
        try {
            Optional<CsvRecord> next = file.next();
            while (next.isPresent()) {
                CsvRecord csv = next.get();
                layout.numberCells(csv).forEach((column, text) -> note(column, csv.line(), text));
                layout.dateCells(csv)
                        .forEach((column, text) -> LocalMoment.order(text)
                                .ifPresent(order -> dates.computeIfAbsent(
                                                column, key -> new EnumMap<>(LocalMoment.Order.class))
                                        .putIfAbsent(order, new Cell(csv.line(), text))));
                next = file.next();
            }
        } catch (UnreadableFile e) {
            // The same is found again, after the rows before it.
        }
    }

    private void note(String column, long line, String text) {
        Proof proof = Numbers.proof(text);
        if (WHOLE.contains(layout.fieldOf(column))) {
            proof = switch (proof) {
                case COMMA_OR_GROUP -> Proof.POINT;
                case POINT_OR_GROUP -> Proof.COMMA;
                case NOTHING, COMMA, POINT -> proof;
            };
        }
        numbers.computeIfAbsent(column, key -> new EnumMap<>(Proof.class)).putIfAbsent(proof, new Cell(line, text));
    }

    private Map<String, Numbers> conclude(@Nullable Character said) {
        dates.forEach(Survey::requireDayFirst);
        Map<String, Numbers> found = new HashMap<>();
        numbers.forEach(
                (column, proofs) -> found.put(column, Numbers.with(said == null ? mark(column, proofs) : said)));
        return found;
    }

    private static char mark(String column, Map<Proof, Cell> proofs) {
        Cell comma = proofs.get(Proof.COMMA);
        Cell point = proofs.get(Proof.POINT);
        if (comma != null && point != null) {
            throw new UnreadableFile("column \"" + column + "\": found both " + comma + " and " + point
                    + ": a column has one decimal mark" + ASK);
        }
        Cell open = proofs.getOrDefault(Proof.COMMA_OR_GROUP, proofs.get(Proof.POINT_OR_GROUP));
        if (comma == null && point == null && open != null) {
            throw new UnreadableFile("column \"" + column + "\": found " + open
                    + ", which may have thousands or three decimals, and no cell that proves which" + ASK);
        }
        return comma == null ? '.' : ',';
    }

    private static void requireDayFirst(String column, Map<LocalMoment.Order, Cell> orders) {
        Cell month = orders.get(LocalMoment.Order.MONTH_FIRST);
        if (month != null) {
            Cell day = orders.get(LocalMoment.Order.DAY_FIRST);
            throw new UnreadableFile("column \"" + column + "\": found " + month + ", which has the month first"
                    + (day == null ? "" : ", and " + day + ", which has the day first")
                    + ": the other dates of this column may be swapped; allowed: the day first (24/11/2026) or the year first"
                    + " (2026-11-24) in every row");
        }
    }
}
