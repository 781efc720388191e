package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The administrative procedures (thủ tục hành chính). Immutable. */
public final class Procedures {
    /** No procedure at all. */
    public static final Procedures NONE = new Procedures(Map.of());

    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z.-]{1,64}");
    /** A national code with its provincial tail; only the first 8 characters name the procedure. */
    private static final Pattern WITH_TAIL = Pattern.compile("\\d\\.\\d{6}\\..+");

    private static final int NATIONAL_CODE_CHARS = 8;
    private static final int MAX_TIME = 1_000;

    private static final Map<String, TimeUnit> UNITS = Map.of(
            "workingDays", TimeUnit.WORKING_DAYS,
            "calendarDays", TimeUnit.CALENDAR_DAYS,
            "sameDay", TimeUnit.SAME_DAY,
            "workingHours", TimeUnit.WORKING_HOURS);

    private static final List<String> LEVELS = List.of("province", "district", "commune");

    /** Each code's entries, in the order of the file. */
    private final Map<String, List<Procedure>> byCode;

    private Procedures(Map<String, List<Procedure>> byCode) {
        this.byCode = Map.copyOf(byCode);
    }

    /** How the time allowed is counted. */
    public enum TimeUnit {
        WORKING_DAYS,
        CALENDAR_DAYS,
        SAME_DAY,
        WORKING_HOURS
    }

    /**
     * One procedure, as it is while valid.
     *
     * @param code without the provincial tail: {@code 1.001193}
     * @param field lĩnh vực
     * @param time how many of {@code unit} it may take
     * @param online {@code full} (toàn trình), {@code partial} (một phần) or {@code none}
     * @param level who decides it: {@code province}, {@code district} or {@code commune}
     * @param validFrom inclusive, absent = always
     * @param validTo exclusive, absent = open
     */
    public record Procedure(
            String code,
            String name,
            String nameEn,
            String field,
            TimeUnit unit,
            int time,
            String online,
            @Nullable String level,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo) {
        /** Tells whether the law knows it like this on a date. */
        public boolean isValidOn(LocalDate date) {
            return (validFrom == null || !date.isBefore(validFrom)) && (validTo == null || date.isBefore(validTo));
        }

        private boolean overlaps(Procedure other) {
            return startsBefore(validFrom, other.validTo) && startsBefore(other.validFrom, validTo);
        }

        private static boolean startsBefore(@Nullable LocalDate from, @Nullable LocalDate to) {
            return from == null || to == null || from.isBefore(to);
        }
    }

    /** Reads the part {@code procedures}: {@code {"procedures": [{"code": "1.004873", "unit": "workingDays", …}]}}. */
    public static Procedures of(JsonNode part) {
        List<Procedure> all = Fields.of(part, "", "procedures").list("procedures", Procedures::procedure);
        Map<String, List<Procedure>> byCode = new HashMap<>();
        for (int index = 0; index < all.size(); index++) {
            Procedure procedure = all.get(index);
            List<Procedure> entries = byCode.computeIfAbsent(procedure.code(), key -> new ArrayList<>());
            if (entries.stream().anyMatch(procedure::overlaps)) {
                throw new InvalidPart(
                        "/procedures/" + index + "/code",
                        "found " + procedure.code() + " a second time for the same dates; allowed: each once");
            }
            entries.add(procedure);
        }
        return new Procedures(byCode);
    }

    /** Returns how many there are, each period of validity of a code by itself. */
    public int size() {
        return byCode.values().stream().mapToInt(List::size).sum();
    }

    /** Finds a procedure by its code, with or without the provincial tail, as it is since last. */
    public Optional<Procedure> find(String code) {
        List<Procedure> entries = byCode.getOrDefault(normal(code), List.of());
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** Finds a procedure by its code, with or without the provincial tail, as it was on a date. */
    public Optional<Procedure> find(String code, LocalDate date) {
        return byCode.getOrDefault(normal(code), List.of()).stream()
                .filter(procedure -> procedure.isValidOn(date))
                .findFirst();
    }

    /** Cuts a national code's provincial tail: {@code 1.001193.000.00.00.H57} is {@code 1.001193}. */
    public static String normal(String code) {
        return WITH_TAIL.matcher(code).matches() ? code.substring(0, NATIONAL_CODE_CHARS) : code;
    }

    private static Procedure procedure(JsonNode node, String pointer) {
        Fields fields = Fields.of(
                node,
                pointer,
                "code",
                "name",
                "nameEn",
                "field",
                "unit",
                "time",
                "online",
                "level",
                "validFrom",
                "validTo");
        String code = fields.matching("code", CODE);
        if (!normal(code).equals(code)) {
            throw fields.invalid("code", normal(code) + ", without the provincial tail");
        }
        TimeUnit unit = fields.oneOf("unit", UNITS);
        int time = unit == TimeUnit.SAME_DAY
                ? fields.has("time") ? fields.integer("time", 0, 0) : 0
                : fields.integer("time", 1, MAX_TIME);
        LocalDate from = fields.dateOrNull("validFrom");
        LocalDate to = fields.dateOrNull("validTo");
        if (from != null && to != null && !from.isBefore(to)) {
            throw fields.invalid("validTo", "a date after validFrom " + from);
        }
        return new Procedure(
                code,
                fields.text("name"),
                fields.text("nameEn"),
                fields.text("field"),
                unit,
                time,
                fields.oneOf("online", List.of("full", "partial", "none")),
                fields.has("level") ? fields.oneOf("level", LEVELS) : null,
                from,
                to);
    }
}
