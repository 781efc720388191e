package vn.kydai.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a file has what: its headings, bound to the fields of a sheet. */
final class Layout {
    /** A report has its title and its office above the headings. */
    private static final int MAX_RECORDS_BEFORE_HEADINGS = 30;

    private static final int LEAST_KNOWN_HEADINGS = 2;

    private final Mapping mapping;
    private final Numbers numbers;
    private final int width;
    private final Map<String, Integer> fields = new LinkedHashMap<>();
    private final Map<Integer, Target.Measured> measured = new LinkedHashMap<>();
    private final List<String> unused = new ArrayList<>();

    private Layout(CsvRecord headings, Mapping mapping, Numbers numbers) {
        this.mapping = mapping;
        this.numbers = numbers;
        this.width = headings.cells().size();
        for (int index = 0; index < width; index++) {
            bind(index, headings.cells().get(index));
        }
    }

    /**
     * Reads a file up to its headings: the first record of which two cells are known.
     *
     * @throws UnreadableFile when there is none, or a field without which nothing can be made of a row
     */
    static Layout find(CsvFile file, Mapping mapping, Sheet sheet) throws IOException {
        Numbers numbers = new Numbers(mapping.decimal().orElse(file.separator() == ',' ? '.' : ','));
        for (int read = 0; read < MAX_RECORDS_BEFORE_HEADINGS; read++) {
            Optional<CsvRecord> next = file.next();
            if (next.isEmpty()) {
                break;
            }
            long known = next.get().cells().stream()
                    .filter(heading -> mapping.column(heading).isPresent())
                    .count();
            if (known >= LEAST_KNOWN_HEADINGS) {
                Layout layout = new Layout(next.get(), mapping, numbers);
                layout.requireFields(sheet, next.get().line());
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
                row.put(field, mapping.value(field, text));
            }
        });
        List<Row.Measurement> measurements = new ArrayList<>();
        measured.forEach((index, target) -> {
            String text = cell(cells, index);
            if (!text.isEmpty()) {
                measurements.add(new Row.Measurement(target.metric(), target.unit(), text));
            }
        });
        return new Row(row, measurements, numbers);
    }

    private static String cell(List<String> cells, int index) {
        return index < cells.size() ? cells.get(index).strip() : "";
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

    private void requireFields(Sheet sheet, long line) {
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
