package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import vn.kydai.event.Reason;

/** What every text and number must be, whatever its schema says: storable as UTF-8 by PostgreSQL, and finite. */
final class Texts {
    private Texts() {}

    /** Checks the fields of an object; ends with {@link Rejected}. */
    static void check(JsonNode object, String at) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (value.isTextual() && !isStorable(value.textValue())) {
                throw new Rejected(Reason.SCHEMA, pointer(at, field) + ": holds U+0000 or half a surrogate pair");
            }
            if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
                throw new Rejected(Reason.SCHEMA, pointer(at, field) + ": is not a finite number");
            }
        }
    }

    /** Tells whether a text has a UTF-8 form without U+0000. */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c <= Character.MAX_SURROGATE && c >= Character.MIN_SURROGATE));
    }

    private static String pointer(String at, Map.Entry<String, JsonNode> field) {
        return at + "/" + Printable.name(field.getKey());
    }
}
