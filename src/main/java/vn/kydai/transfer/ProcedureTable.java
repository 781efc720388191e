package vn.kydai.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Procedures;

/**
 * The administrative procedures (thủ tục hành chính) of a CSV file, a row each, as entries of {@code procedures.yaml}.
 * Headings are the entries' keys or what exports of the national list call them; the time may be words ("3 ngày làm việc").
 */
public final class ProcedureTable {
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("code", "code"),
            Map.entry("ma tthc", "code"),
            Map.entry("ma thu tuc", "code"),
            Map.entry("ma thu tuc hanh chinh", "code"),
            Map.entry("name", "name"),
            Map.entry("ten tthc", "name"),
            Map.entry("ten thu tuc", "name"),
            Map.entry("ten thu tuc hanh chinh", "name"),
            Map.entry("nameen", "nameEn"),
            Map.entry("field", "field"),
            Map.entry("linh vuc", "field"),
            Map.entry("unit", "unit"),
            Map.entry("time", "time"),
            Map.entry("thoi han", "time"),
            Map.entry("thoi han giai quyet", "time"),
            Map.entry("thoi gian giai quyet", "time"),
            Map.entry("online", "online"),
            Map.entry("muc do", "online"),
            Map.entry("muc do truc tuyen", "online"),
            Map.entry("level", "level"),
            Map.entry("cap", "level"),
            Map.entry("cap thuc hien", "level"),
            Map.entry("validfrom", "validFrom"),
            Map.entry("validto", "validTo"));

    /** Said together or not at all: the same day has no number. */
    private static final List<String> TIME_KEYS = List.of("unit", "time");

    private static final List<String> KEYS =
            List.of("code", "name", "nameEn", "field", "unit", "time", "online", "level", "validFrom", "validTo");

    private static final List<String> REQUIRED = List.of("code", "name", "field", "time");
    private static final Pattern COUNTED = Pattern.compile("([0-9]{1,4}) (ngay lam viec|ngay|gio lam viec|gio)");
    private static final Map<String, String> UNITS = Map.of(
            "ngay lam viec", "workingDays",
            "ngay", "calendarDays",
            "gio lam viec", "workingHours",
            "gio", "workingHours");

    private final List<ObjectNode> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ProcedureTable() {}

    /** Reads a file; fails with {@link UnreadableFile} when it is no CSV in UTF-8 with the columns needed. */
    public static ProcedureTable read(Path file) throws IOException {
        ProcedureTable table = new ProcedureTable();
        try (CsvFile csv = CsvFile.open(file)) {
            List<String> columns = columns(file, csv.next());
            Optional<CsvRecord> row = csv.next();
            while (row.isPresent()) {
                if (!row.get().isBlank()) {
                    table.take(columns, row.get());
                }
                row = csv.next();
            }
        }
        return table;
    }

    /** Returns what is wrong, by line; empty when every row is a procedure. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns how many procedures it has. */
    public int size() {
        return entries.size();
    }

    /**
     * Returns a part {@code procedures} with these: each replaces the one of the same code and {@code validFrom}, and keeps of
     * it what the file does not say, as its English name.
     */
    public ObjectNode mergedInto(JsonNode part) {
        Map<String, ObjectNode> replaced = new HashMap<>();
        entries.forEach(entry -> replaced.put(key(entry), entry));
        ObjectNode merged = Json.MAPPER.createObjectNode();
        ArrayNode procedures = merged.putArray("procedures");
        part.path("procedures").forEach(known -> {
            ObjectNode entry = replaced.get(key(known));
            if (entry == null) {
                procedures.add(known);
            } else {
                ObjectNode kept = known.deepCopy();
                kept.remove(TIME_KEYS);
                kept.properties().stream()
                        .filter(field -> !entry.has(field.getKey()))
                        .forEach(field -> entry.set(field.getKey(), field.getValue()));
            }
        });
        entries.forEach(entry -> procedures.add(completed(entry)));
        return merged;
    }

    /** Says what a procedure needs and neither the file nor the one before said. */
    private static ObjectNode completed(ObjectNode entry) {
        ObjectNode all = entry.deepCopy();
        if (!all.has("nameEn")) {
            all.set("nameEn", all.get("name"));
        }
        if (!all.has("online")) {
            all.put("online", online(""));
        }
        ObjectNode completed = Json.MAPPER.createObjectNode();
        KEYS.stream().filter(all::has).forEach(key -> completed.set(key, all.get(key)));
        return completed;
    }

    /** Writes a part {@code procedures} as YAML, a line each. */
    public static String yaml(JsonNode part) {
        StringBuilder text = new StringBuilder("procedures:\n");
        part.path("procedures").forEach(procedure -> {
            List<String> fields = new ArrayList<>();
            procedure.properties().forEach(field -> fields.add(field.getKey() + ": " + Json.text(field.getValue())));
            text.append("  - {").append(String.join(", ", fields)).append("}\n");
        });
        return text.toString();
    }

    private static String key(JsonNode entry) {
        return entry.path("code").asText() + " " + entry.path("validFrom").asText("");
    }

    private static List<String> columns(Path file, Optional<CsvRecord> heading) {
        List<String> columns = heading.map(CsvRecord::cells).orElse(List.of()).stream()
                .map(cell -> COLUMNS.getOrDefault(Spelling.plain(cell), ""))
                .toList();
        for (String required : REQUIRED) {
            if (!columns.contains(required)) {
                throw new UnreadableFile(
                        file + ": found no column " + required + "; allowed: a first line with the headings code, name,"
                                + " field, time and, if wanted, nameEn, unit, online, level, validFrom, validTo");
            }
        }
        return columns;
    }

    private void take(List<String> columns, CsvRecord row) {
        Map<String, String> cells = new HashMap<>();
        for (int index = 0; index < Math.min(columns.size(), row.cells().size()); index++) {
            String cell = row.cells().get(index).strip();
            if (!columns.get(index).isEmpty() && !cell.isEmpty()) {
                cells.putIfAbsent(columns.get(index), cell);
            }
        }
        try {
            entries.add(entry(cells));
        } catch (UnusableRow e) {
            problems.add("line " + row.line() + ": " + e.getMessage());
        }
    }

    private static ObjectNode entry(Map<String, String> cells) {
        String code = Procedures.normal(required(cells, "code"));
        String name = required(cells, "name");
        ObjectNode entry = Json.MAPPER
                .createObjectNode()
                .put("code", code)
                .put("name", name)
                .put("field", required(cells, "field"));
        if (cells.containsKey("nameEn")) {
            entry.put("nameEn", cells.get("nameEn"));
        }
        putTime(entry, required(cells, "time"), cells.getOrDefault("unit", ""));
        if (cells.containsKey("online")) {
            entry.put("online", online(cells.get("online")));
        }
        level(cells.getOrDefault("level", "")).ifPresent(level -> entry.put("level", level));
        for (String date : List.of("validFrom", "validTo")) {
            if (cells.containsKey(date)) {
                entry.put(date, cells.get(date));
            }
        }
        return entry;
    }

    private static String required(Map<String, String> cells, String key) {
        String cell = cells.get(key);
        if (cell == null) {
            throw new UnusableRow(key, "is empty");
        }
        return cell;
    }

    private static void putTime(ObjectNode entry, String time, String unit) {
        String words = Spelling.plain(time);
        Matcher counted = COUNTED.matcher(words);
        if (!unit.isEmpty()) {
            if (!words.matches("[0-9]{1,4}")) {
                throw new UnusableRow("time", "is no whole number beside a unit");
            }
            entry.put("unit", unit).put("time", Integer.parseInt(words));
        } else if (words.contains("trong ngay")) {
            entry.put("unit", "sameDay");
        } else if (counted.matches()) {
            entry.put("unit", UNITS.getOrDefault(counted.group(2), "")).put("time", Integer.parseInt(counted.group(1)));
        } else {
            throw new UnusableRow("time", "is not like \"3 ngày làm việc\", \"15 ngày\", \"4 giờ\" or \"trong ngày\"");
        }
    }

    private static String online(String text) {
        String words = Spelling.plain(text);
        if (words.contains("toan trinh") || words.equals("full")) {
            return "full";
        }
        if (words.contains("mot phan") || words.equals("partial")) {
            return "partial";
        }
        if (words.isEmpty() || words.equals("none") || words.equals("khong")) {
            return "none";
        }
        throw new UnusableRow("online", "is none of full (toàn trình), partial (một phần), none (không)");
    }

    private static Optional<String> level(String text) {
        String words = " " + Spelling.plain(text) + " ";
        if (words.isBlank()) {
            return Optional.empty();
        }
        if (words.contains(" tinh ") || words.contains(" province ")) {
            return Optional.of("province");
        }
        if (words.contains(" huyen ") || words.contains(" district ")) {
            return Optional.of("district");
        }
        if (words.contains(" xa ") || words.contains(" commune ")) {
            return Optional.of("commune");
        }
        throw new UnusableRow("level", "is none of province (tỉnh), district (huyện), commune (xã)");
    }
}
