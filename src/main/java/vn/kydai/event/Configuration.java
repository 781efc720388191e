package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of the configuration, as the folds know it from here on. Never holds a secret.
 *
 * @param what which part
 * @param digest SHA-256 (hex) of the content's RFC 8785 form
 * @param content the part as JSON text; for {@link Part#SOURCES} only the sources that changed
 */
public record Configuration(Part what, String digest, String content) implements Data {
    /** Parts that reach a figure or the wall. */
    public enum Part {
        AREAS,
        SOURCES,
        PROCEDURES,
        CALENDAR,
        /** Metrics with their units, ranges and levels, and the targets of figures. */
        THRESHOLDS,
        /** When alarms are raised; the folds need none, the journal tells by which rules it was decided. */
        RULES,
        /** Who is on duty; the folds need none, the journal tells who should have been told. */
        ROSTER,
        /** When the server did not listen, so that nobody is called silent for it: {@code {"until": …, "from": …}}. */
        LISTENING,
        /** An event that no fold takes from here on: {@link SetAside}. No part of the files. */
        SET_ASIDE("setAside"),
        /** An event that was set aside and is taken again. No part of the files. */
        READMIT;

        private final String id;

        Part() {
            this.id = name().toLowerCase(Locale.ROOT);
        }

        Part(String id) {
            this.id = id;
        }

        /** Returns its name in JSON. */
        public String id() {
            return id;
        }

        /** Finds one by its name in JSON. */
        public static Optional<Part> ofId(String id) {
            return Arrays.stream(values()).filter(part -> part.id.equals(id)).findFirst();
        }

        /** Tells whether it is about what the journal holds, and no part of the configuration. */
        public boolean isAboutJournal() {
            return this == SET_ASIDE || this == READMIT;
        }
    }

    public Configuration {
        requireNonNull(what, "what is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(content, "content is null");
    }

    @Override
    public Kind kind() {
        return Kind.CONFIGURATION;
    }
}
