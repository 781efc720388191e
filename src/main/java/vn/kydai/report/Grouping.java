package vn.kydai.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.DossierState;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;

/** What the rows of a report are. */
enum Grouping {
    PROCEDURE("procedure"),
    FIELD("field"),
    CHANNEL("channel"),
    COUNTER("counter"),
    AREA("area"),
    RECEIVED_IN("receivedIn");

    /** Key of what is not known: a counter nobody named, the field of an unknown procedure. */
    static final String NONE = "-";

    private final String id;

    Grouping(String id) {
        this.id = id;
    }

    /** Reads {@code by}; absent groups by procedure. */
    static Grouping of(@Nullable String text) {
        if (text == null) {
            return PROCEDURE;
        }
        List<String> known = Arrays.stream(values()).map(Grouping::id).toList();
        return Arrays.stream(values())
                .filter(grouping -> grouping.id.equals(text))
                .findFirst()
                .orElseThrow(() -> new Problem(400, "by must be one of " + String.join(", ", known)));
    }

    String id() {
        return id;
    }

    /** Returns the key of the row a dossier is counted in. */
    String key(DossierState dossier, Registry registry) {
        String counter = dossier.counter();
        return switch (this) {
            case PROCEDURE -> dossier.procedure();
            case FIELD ->
                registry.procedures()
                        .find(dossier.procedure())
                        .map(Procedure::field)
                        .orElse(NONE);
            case CHANNEL -> dossier.channel().name().toLowerCase(Locale.ROOT);
            case COUNTER -> counter == null ? NONE : counter;
            case AREA -> dossier.area();
            case RECEIVED_IN -> dossier.receivedIn();
        };
    }

    /** Returns the Vietnamese and the English name of a row. */
    Optional<Names> names(String key, Registry registry) {
        return switch (this) {
            case PROCEDURE -> registry.procedures().find(key).map(found -> new Names(found.name(), found.nameEn()));
            case AREA, RECEIVED_IN -> registry.areas().find(key).map(Grouping::names);
            case FIELD, CHANNEL, COUNTER -> Optional.empty();
        };
    }

    private static Names names(Area area) {
        return new Names(area.name(), area.nameEn());
    }

    /** What a row is called. */
    record Names(String vietnamese, String english) {}
}
