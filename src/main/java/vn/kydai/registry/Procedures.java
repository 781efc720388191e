package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** The administrative procedures (thủ tục hành chính). Immutable. */
public final class Procedures {
    /** No procedure at all. */
    public static final Procedures NONE = new Procedures(Map.of());

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

    /** Reads the part {@code procedures}. */
    public static Procedures of(JsonNode part) {
        return Unwritten.yet();
    }

    /** Finds a procedure by its code, with or without the provincial tail. */
    public Optional<Procedure> find(String code) {
        return Optional.ofNullable(byCode.get(normal(code)));
    }

    /** Cuts a national code's provincial tail: {@code 1.001193.000.00.00.H57} is {@code 1.001193}. */
    public static String normal(String code) {
        return Unwritten.yet();
    }
}
