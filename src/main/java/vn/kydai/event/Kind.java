package vn.kydai.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an event is about. The CloudEvents {@code type} is {@code vn.kydai.<id>.v1}. */
public enum Kind {
    DOSSIER,
    TICKET,
    RATING,
    READING,
    INDICATOR,
    /** Decided by the alarm stage or done by a person; never posted by a source. */
    ALARM,
    /** A part of the configuration that reaches a figure; appended by the server itself. */
    CONFIGURATION;

    private static final Map<String, Kind> BY_ID = by(Kind::id);
    private static final Map<String, Kind> BY_TYPE = by(Kind::type);

    private final String id = name().toLowerCase(Locale.ROOT);
    private final String type = "vn.kydai." + id + ".v1";

    /** Returns the name in topics and schemas: {@code dossier}. */
    public String id() {
        return id;
    }

    /** Returns the CloudEvents type: {@code vn.kydai.dossier.v1}. */
    public String type() {
        return type;
    }

    /** Tells whether a source may send this kind. */
    public boolean isPosted() {
        return this != ALARM && this != CONFIGURATION;
    }

    /** Finds the kind by its topic name. */
    public static Optional<Kind> ofId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** Finds the kind by its CloudEvents type. */
    public static Optional<Kind> ofType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    private static Map<String, Kind> by(Function<Kind, String> name) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(name, kind -> kind));
    }
}
