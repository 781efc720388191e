package vn.kydai.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /** Returns the name in topics and schemas: {@code dossier}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the CloudEvents type: {@code vn.kydai.dossier.v1}. */
    public String type() {
        return "vn.kydai." + id() + ".v1";
    }

    /** Tells whether a source may send this kind. */
    public boolean isPosted() {
        return this != ALARM && this != CONFIGURATION;
    }

    /** Finds the kind by its topic name. */
    public static Optional<Kind> ofId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** Finds the kind by its CloudEvents type. */
    public static Optional<Kind> ofType(String type) {
        return Arrays.stream(values()).filter(kind -> kind.type().equals(type)).findFirst();
    }
}
