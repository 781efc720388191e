package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.event.codec.TypedText;
import vn.kydai.event.codec.Units;

/**
 * What the values of a kind may be beyond what a JSON Schema can say, found out from the schema: so that whatever is
 * admitted can be stored, read back, summed, shown and counted by SQL for ever. Immutable once made.
 */
final class Domains {
    /** The earliest instant anything may name. */
    static final Instant EARLIEST = Instant.EPOCH;

    /** The largest number by magnitude, in whatever unit it is kept. */
    static final double LARGEST_VALUE = 1e12;

    private static final int YEARS_AHEAD = 50;

    /** A clock that is behind must not make a due date of next year too late: no server is older than this. */
    private static final Instant EARLIEST_NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final BigDecimal SMALLEST = new BigDecimal("1e-9");
    private static final BigDecimal LARGEST = new BigDecimal("1e12");

    /** Powers of ten that leave no doubt, so that a number with an exponent of a milliard is never written out. */
    private static final int LARGEST_POWER = 13;

    private static final int SMALLEST_POWER = -10;
    private static final int MAX_DIGITS = 17;
    private static final int YEAR_CHARS = 4;

    /** How the schemas say of a text that people type it. */
    private static final String NAME_PATTERN = "^[^\\u0000-\\u001f\\u007f-\\u009f]+$";

    private final Map<String, Domain> byField;

    private enum Domain {
        NUMBER,
        NAME,
        UNIT,
        INSTANT,
        PERIOD
    }

    private Domains(Map<String, Domain> byField) {
        this.byField = Map.copyOf(byField);
    }

    /** Reads what a schema says of each field. */
    static Domains of(JsonNode schema) {
        Map<String, Domain> byField = new HashMap<>();
        schema.path("properties").properties().forEach(field -> {
            JsonNode rules = field.getValue();
            if ("number".equals(rules.path("type").asText())) {
                byField.put(field.getKey(), Domain.NUMBER);
            } else if (NAME_PATTERN.equals(rules.path("pattern").asText())) {
                byField.put(field.getKey(), Domain.NAME);
            } else if ("date-time".equals(rules.path("format").asText())) {
                byField.put(field.getKey(), Domain.INSTANT);
            } else if (field.getKey().equals("unit")) {
                byField.put(field.getKey(), Domain.UNIT);
            } else if (field.getKey().equals("period")) {
                byField.put(field.getKey(), Domain.PERIOD);
            }
        });
        return new Domains(byField);
    }

    /**
     * Puts texts and numbers into the one form they are kept in, before the schema looks at them; ends with
     * {@link Rejected} at a value that has none. Of a field it does not know no value is told.
     */
    void settle(ObjectNode data, String at) {
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                field.setValue(settled(value, field.getKey(), at));
            } else if (value.isNumber()) {
                field.setValue(number(value, field.getKey(), at));
            }
        }
    }

    private JsonNode settled(JsonNode value, String field, String at) {
        String text = value.textValue();
        if (!TypedText.isStorable(text)) {
            throw new Rejected(Reason.SCHEMA, pointer(at, field) + ": holds U+0000 or half a surrogate pair");
        }
        return switch (byField.get(field)) {
            case NAME -> same(value, name(text, field, at));
            case UNIT -> same(value, Units.canonical(text));
            case null, default -> value;
        };
    }

    private static JsonNode same(JsonNode value, String settled) {
        return value.textValue().equals(settled) ? value : TextNode.valueOf(settled);
    }

    private static String name(String text, String field, String at) {
        if (!TypedText.isPrintable(text)) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.quoted(text)
                            + " holds a control character, one of private use or none");
        }
        String name = TypedText.name(text);
        if (name.isEmpty() && !text.isEmpty()) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.quoted(text) + " has nothing that can be seen");
        }
        return name;
    }

    private JsonNode number(JsonNode value, String field, String at) {
        if (byField.get(field) == Domain.NUMBER) {
            checkNumber(value, field, at);
        }
        if (!value.isIntegralNumber()) {
            double number = value.doubleValue();
            if (!Double.isFinite(number)) {
                throw new Rejected(Reason.SCHEMA, pointer(at, field) + ": is not a finite number");
            }
            return DoubleNode.valueOf(number);
        }
        return value;
    }

    private static void checkNumber(JsonNode value, String field, String at) {
        BigDecimal number = value.decimalValue();
        if (number.signum() == 0) {
            return;
        }
        long power = (long) number.precision() - number.scale();
        BigDecimal magnitude = number.abs();
        if (power > LARGEST_POWER
                || power < SMALLEST_POWER
                || magnitude.compareTo(LARGEST) > 0
                || magnitude.compareTo(SMALLEST) < 0) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.excerpt(value)
                            + " is neither 0 nor from 1e-9 to 1e12 by magnitude");
        }
        if (number.precision() > MAX_DIGITS && number.stripTrailingZeros().precision() > MAX_DIGITS) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.excerpt(value) + " has more than " + MAX_DIGITS
                            + " significant digits");
        }
    }

    /** Checks what names a moment, once the schema has found its form right; ends with {@link Rejected}. */
    void checkTimes(JsonNode data, String at, Instant now) {
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            switch (byField.get(field.getKey())) {
                case INSTANT -> checkInstant(field.getValue(), field.getKey(), at, latest(now));
                case PERIOD -> checkYear(field.getValue(), field.getKey(), at, latest(now));
                case null, default -> {}
            }
        }
    }

    private static void checkInstant(JsonNode value, String field, String at, Instant latest) {
        Instant instant = instant(value.textValue(), at, field);
        if (instant.isAfter(latest)) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.excerpt(value) + " is more than " + YEARS_AHEAD
                            + " years from now");
        }
    }

    /** Reads a moment; ends with {@link Rejected} for one before 1970, which no clock and no desk means. */
    static Instant instant(String text, String at, String field) {
        Instant instant;
        try {
            instant = Rfc3339.parse(text);
        } catch (DateTimeException e) {
            throw new Rejected(
                    Reason.SCHEMA, pointer(at, field) + ": " + Printable.quoted(text) + " " + e.getMessage());
        }
        if (instant.isBefore(EARLIEST)) {
            throw new Rejected(
                    Reason.SCHEMA, pointer(at, field) + ": " + Printable.quoted(text) + " is before " + EARLIEST);
        }
        return instant;
    }

    private static void checkYear(JsonNode value, String field, String at, Instant latest) {
        int year = Integer.parseInt(value.textValue().substring(0, YEAR_CHARS));
        int first = EARLIEST.atOffset(ZoneOffset.UTC).getYear();
        int last = latest.atOffset(ZoneOffset.UTC).getYear();
        if (year < first || year > last) {
            throw new Rejected(
                    Reason.SCHEMA,
                    pointer(at, field) + ": " + Printable.excerpt(value) + " is not of a year from " + first + " to "
                            + last);
        }
    }

    private static Instant latest(Instant now) {
        Instant from = now.isBefore(EARLIEST_NOW) ? EARLIEST_NOW : now;
        return from.atOffset(ZoneOffset.UTC).plusYears(YEARS_AHEAD).toInstant();
    }

    private static String pointer(String at, String field) {
        return at + "/" + Printable.name(field);
    }
}
