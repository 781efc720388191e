package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import vn.kydai.event.Configuration;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Sources.Source;

/**
 * Everything the figures refer to, as known at one moment. Immutable: a {@code configuration} event gives a new one.
 */
public record Registry(
        Areas areas, Sources sources, Procedures procedures, WorkingCalendar calendar, Thresholds thresholds) {
    /** What is known before the first configuration event. */
    public static final Registry NONE =
            new Registry(Areas.NONE, Sources.NONE, Procedures.NONE, WorkingCalendar.PLAIN, Thresholds.NONE);

    public Registry {
        requireNonNull(areas, "areas is null");
        requireNonNull(sources, "sources is null");
        requireNonNull(procedures, "procedures is null");
        requireNonNull(calendar, "calendar is null");
        requireNonNull(thresholds, "thresholds is null");
    }

    /** Takes one configuration event, as leniently as it can: what is new is checked on its way in. Sources are merged by id, every other part is replaced whole. */
    public Registry with(Configuration configuration) {
        JsonNode content = content(configuration);
        return switch (configuration.what()) {
            case AREAS -> new Registry(Areas.journaled(content), sources, procedures, calendar, thresholds);
            case SOURCES -> new Registry(areas, sources.with(Sources.of(content)), procedures, calendar, thresholds);
            case PROCEDURES -> new Registry(areas, sources, Procedures.of(content), calendar, thresholds);
            case CALENDAR -> new Registry(areas, sources, procedures, WorkingCalendar.of(content), thresholds);
            case THRESHOLDS -> new Registry(areas, sources, procedures, calendar, Thresholds.of(content));
            case RULES, ROSTER, LISTENING, SET_ASIDE, READMIT -> this;
        };
    }

    /** Returns the area a source belongs to at an instant: where it was registered, or whatever unit took that over. */
    public String areaOf(Source source, Instant at) {
        return areas.current(source.areaAt(at), WorkingCalendar.dateOf(at));
    }

    /** Returns when a source next belongs to another area, if it is known to. */
    public Optional<Instant> movesAfter(Source source, Instant at) {
        Stream<Instant> registrations = source.registrations().stream()
                .flatMap(registration -> Optional.ofNullable(registration.from()).stream());
        Stream<Instant> end =
                areas.find(areaOf(source, at)).flatMap(area -> Optional.ofNullable(area.validTo())).stream()
                        .map(day -> day.atStartOfDay(WorkingCalendar.ZONE).toInstant());
        return Stream.concat(registrations, end).filter(at::isBefore).min(Instant::compareTo);
    }

    private static JsonNode content(Configuration configuration) {
        try {
            return Json.stored(configuration.content());
        } catch (JsonProcessingException e) {
            throw new InvalidPart("", "found text that is not JSON; allowed: the part as JSON");
        }
    }
}
