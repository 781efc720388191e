package vn.kydai.ingest;

import java.util.List;
import vn.kydai.event.Reason;

/** Ends an admission; caught by {@link Admission} alone, which makes a dead letter of it. Carries no stack trace. */
final class Rejected extends RuntimeException {
    private final Reason reason;
    private final List<String> fields;

    private Rejected(Reason reason, String detail, List<String> fields) {
        super(detail, null, false, false);
        this.reason = reason;
        this.fields = List.copyOf(fields);
    }

    Rejected(Reason reason, String detail) {
        this(reason, detail, List.of());
    }

    /** Names the unknown fields, never their values: they may be a citizen's. */
    static Rejected unknownFields(String where, List<String> names, String allowed) {
        List<String> shown =
                names.stream().limit(Printable.MAX_NAMES).map(Printable::name).toList();
        String more = names.size() > shown.size() ? " and " + (names.size() - shown.size()) + " more" : "";
        return new Rejected(
                Reason.UNKNOWN_FIELD,
                where + ": unknown field " + String.join(", ", shown) + more + "; allowed are " + allowed,
                shown);
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** Returns the names of unknown fields, shortened; empty for every other reason. */
    List<String> fields() {
        return fields;
    }
}
