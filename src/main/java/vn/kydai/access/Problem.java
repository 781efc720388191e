package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expected refusal on its way to the caller as an RFC 9457 problem body. Carries no stack trace: it is an answer,
 * not a bug.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> headers;
    private final Map<String, String> fields;

    /**
     * Creates a problem.
     *
     * @param status HTTP status, 400 to 599
     * @param detail what was wrong, where, and what is allowed
     * @param headers further headers, such as {@code Retry-After}
     */
    public Problem(int status, String detail, Map<String, String> headers) {
        this(status, "", detail, headers);
    }

    /**
     * Creates a problem that programs tell from others by its code.
     *
     * @param code stable; empty: the status says all
     */
    public Problem(int status, String code, String detail, Map<String, String> headers) {
        this(status, code, detail, headers, Map.of());
    }

    private Problem(int status, String code, String detail, Map<String, String> headers, Map<String, String> fields) {
        super(requireNonNull(detail, "detail is null"), null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
        this.fields = Map.copyOf(fields);
    }

    /** Returns the same with further fields of its body, for a client to go on with. */
    public Problem with(Map<String, String> further) {
        return new Problem(status, code, requireNonNull(getMessage(), "detail is null"), headers, further);
    }

    /** Creates a problem without further headers. */
    public Problem(int status, String detail) {
        this(status, detail, Map.of());
    }

    /** Answers that the tree has no such area. */
    public static Problem unknownArea(String area) {
        return new Problem(404, "area " + area + " is not in the tree");
    }

    /**
     * Answers that an area is not in the tree on the days asked for.
     *
     * @param from its first day, absent = always
     * @param to the first day it is no more, absent = never
     */
    public static Problem outsideTree(String area, @Nullable LocalDate from, @Nullable LocalDate to) {
        String since = from == null ? "" : " from " + from;
        String until = to == null ? "" : " until before " + to;
        return new Problem(404, "area " + area + " is not in the tree then: it is there" + since + until);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the stable code, empty when there is none. */
    public String code() {
        return code;
    }

    /** Returns the further fields of the body. */
    public Map<String, String> fields() {
        return fields;
    }

    /** Returns the further headers. */
    public Map<String, String> headers() {
        return headers;
    }
}
