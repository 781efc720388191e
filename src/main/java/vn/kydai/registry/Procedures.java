package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private final Map<String, Procedure> byCode;

    private Procedures(Map<String, Procedure> byCode) {
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
     * One procedure.
     *
     * @param code without the provincial tail: {@code 1.001193}
     * @param field lĩnh vực
     * @param time how many of {@code unit} it may take
     * @param online {@code full} (toàn trình), {@code partial} (một phần) or {@code none}
     */
    public record Procedure(
            String code, String name, String nameEn, String field, TimeUnit unit, int time, String online) {}

    /** Reads the part {@code procedures}: {@code {"procedures": [{"code": "1.004873", "unit": "workingDays", …}]}}. */
    public static Procedures of(JsonNode part) {
        Map<String, Procedure> byCode = Fields.of(part, "", "procedures")
                .distinct("procedures", "code", Procedures::procedure, Procedure::code);
        return new Procedures(byCode);
    }

    /** Finds a procedure by its code, with or without the provincial tail. */
    public Optional<Procedure> find(String code) {
        return Optional.ofNullable(byCode.get(normal(code)));
    }

    /** Cuts a national code's provincial tail: {@code 1.001193.000.00.00.H57} is {@code 1.001193}. */
    public static String normal(String code) {
        return WITH_TAIL.matcher(code).matches() ? code.substring(0, NATIONAL_CODE_CHARS) : code;
    }

    private static Procedure procedure(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "code", "name", "nameEn", "field", "unit", "time", "online");
        String code = fields.matching("code", CODE);
        if (!normal(code).equals(code)) {
            throw fields.invalid("code", normal(code) + ", without the provincial tail");
        }
        TimeUnit unit = fields.oneOf("unit", UNITS);
        int time = unit == TimeUnit.SAME_DAY
                ? fields.has("time") ? fields.integer("time", 0, 0) : 0
                : fields.integer("time", 1, MAX_TIME);
        return new Procedure(
                code,
                fields.text("name"),
                fields.text("nameEn"),
                fields.text("field"),
                unit,
                time,
                fields.oneOf("online", List.of("full", "partial", "none")));
    }
}
