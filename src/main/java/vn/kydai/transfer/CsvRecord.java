package vn.kydai.transfer;

import java.util.List;

/**
 * One record of a CSV file.
 *
 * @param line where it begins, from 1
 */
record CsvRecord(long line, List<String> cells) {
    CsvRecord {
        cells = List.copyOf(cells);
    }

    boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
    }
}
