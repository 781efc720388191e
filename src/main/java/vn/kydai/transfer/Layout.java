package vn.kydai.transfer;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a file has what: its headings, bound to the fields of a sheet. */
final class Layout {
    /** A report has its title and its office above the headings. */
    private static final int MAX_RECORDS_BEFORE_HEADINGS = 30;

    private static final int LEAST_KNOWN_HEADINGS = 2;

    /** A heading that only an export of the product's own has. */
    private static final String EXPORTED = "ingesttime";

    /** Identities stay bytes; any other text is one however it is typed. */
    private static final Set<String> IDENTITIES = Set.of("id", "source");

    private final Mapping mapping;
    private final Sheet sheet;
    private final Map<String, Numbers> numbers;
    private final List<String> headings;
    private final boolean isExported;
    private final boolean isExact;
    private final int width;
    private final Map<String, Integer> fields = new LinkedHashMap<>();
    private final Map<Integer, Target.Measured> measured = new LinkedHashMap<>();
    private final List<String> unused = new ArrayList<>();

    private Layout(CsvRecord headings, Mapping mapping, Sheet sheet, Map<String, Numbers> numbers, boolean isCommas) {
        this.mapping = mapping;
        this.sheet = sheet;
        this.numbers = numbers;
        this.headings = headings.cells();
        this.width = this.headings.size();
        this.isExported = this.headings.contains(EXPORTED);
        this.isExact = isExported && isCommas; // a spreadsheet that has saved it anew writes numbers its own way
        for (int index = 0; index < width; index++) {
            bind(index, this.headings.get(index));
        }
    }

    /**
     * Reads a file up to its headings: the first record of which two cells are known.
     *
     * @param numbers how the numbers of each column are written, by heading; empty where they are not read
     * @throws UnreadableFile when there is none, or a field without which nothing can be made of a row
     */
    static Layout find(CsvFile file, Mapping mapping, Sheet sheet, Map<String, Numbers> numbers) throws IOException {
        for (int read = 0; read < MAX_RECORDS_BEFORE_HEADINGS; read++) {
            Optional<CsvRecord> next = file.next();
            if (next.isEmpty()) {
                break;
            }
            long known = next.get().cells().stream()
                    .filter(heading -> mapping.column(heading).isPresent())
                    .count();
            if (known >= LEAST_KNOWN_HEADINGS) {
                Layout layout = new Layout(next.get(), mapping, sheet, numbers, file.separator() == ',');
                layout.requireFields(next.get().line());
                return layout;
            }
        }
        throw new UnreadableFile("found no line of headings; allowed: within the first " + MAX_RECORDS_BEFORE_HEADINGS
                + " records one with at least two known columns, see docs/import.md or --mapping");
    }

    /** Returns the headings of which nothing is read. */
    List<String> unused() {
        return unused;
    }

    /** Returns a record's row; fails with {@link UnusableRow} when it has more cells than there are headings. */
    Row row(CsvRecord csv) {
        List<String> cells = csv.cells();
        if (cells.stream().skip(width).anyMatch(cell -> !cell.isBlank())) {
            throw new UnusableRow("", "has more cells than there are headings: is a separator inside a cell?");
        }
        Map<String, String> row = new HashMap<>(mapping.constants());
        fields.forEach((field, index) -> {
            String text = cell(cells, index);
            if (!text.isEmpty()) {
                row.put(field, isExported ? text : mapping.value(field, normal(field, text)));
            }
        });
        List<Row.Measurement> measurements = new ArrayList<>();
        measured.forEach((index, target) -> {
            String text = cell(cells, index);
            if (!text.isEmpty()) {
                measurements.add(new Row.Measurement(target.metric(), target.unit(), text, numbersOf(index)));
            }
        });
        Map<String, Numbers> own = new HashMap<>();
        sheet.numbers().forEach(field -> own.put(field, numbersOf(fields.get(field))));
        return new Row(row, measurements, own, isExported);
    }

    /** Returns the cells of a record that hold numbers, by heading; none of an export, which is written in one way. */
    Map<String, String> numberCells(CsvRecord csv) {
        Map<String, String> found = cellsOf(csv, sheet.numbers());
        measured.keySet().forEach(index -> put(found, csv, index));
        return isExact ? Map.of() : found;
    }

    /** Returns the cells of a record that hold dates, by heading. */
    Map<String, String> dateCells(CsvRecord csv) {
        return cellsOf(csv, sheet.moments());
    }

    /** Returns the field that a heading stands for; empty where it is a metric's. */
    String fieldOf(String heading) {
        return fields.entrySet().stream()
                .filter(field -> label(field.getValue()).equals(heading))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private Map<String, String> cellsOf(CsvRecord csv, Set<String> wanted) {
        Map<String, String> found = new LinkedHashMap<>();
        fields.forEach((field, index) -> {
            if (wanted.contains(field)) {
                put(found, csv, index);
            }
        });
        return found;
    }

    private void put(Map<String, String> found, CsvRecord csv, int index) {
        String text = cell(csv.cells(), index);
        if (!text.isEmpty()) {
            found.put(label(index), text);
        }
    }

    /** A number that no column holds is a constant of a mapping, whose decimal mark is the mapping's. */
    private Numbers numbersOf(@Nullable Integer index) {
        if (isExact) {
            return Numbers.exact();
        }
        Numbers said = Numbers.with(mapping.decimal().orElse('.'));
        return index == null ? said : numbers.getOrDefault(label(index), said);
    }

    private String label(int index) {
        return headings.get(index).strip();
    }

    private static String normal(String field, String text) {
        return IDENTITIES.contains(field) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private String cell(List<String> cells, int index) {
        if (index >= cells.size()) {
            return "";
        }
        return isExported ? Formats.bare(cells.get(index)) : cells.get(index).strip();
    }

    private void bind(int index, String heading) {
        Optional<Target> target = mapping.column(heading);
        if (target.isEmpty()) {
            if (!heading.isBlank()) {
                unused.add(heading.strip());
            }
            return;
        }
        switch (target.get()) {
            case Target.Measured column -> measured.put(index, column);
            case Target.Field field -> {
                Integer other = fields.putIfAbsent(field.id(), index);
                if (other != null) {
                    throw new UnreadableFile("column " + (index + 1) + " \"" + heading.strip() + "\": is " + field.id()
                            + ", as column " + (other + 1) + " is; allowed: one, see --mapping");
                }
            }
        }
    }

    private void requireFields(long line) {
        List<String> missing = sheet.required().stream()
                .filter(field ->
                        !fields.containsKey(field) && !mapping.constants().containsKey(field))
                .filter(field -> measured.isEmpty() || field.equals("time"))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new UnreadableFile("line " + line + ": found no column of " + String.join(", ", missing)
                    + "; allowed: the headings of docs/import.md, or those of --mapping");
        }
    }
}
