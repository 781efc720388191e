package vn.kydai.simulate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/** Days worth seeing, played by the same district. */
public enum Scenario {
    /** The week of Tết Bính Ngọ: desks closed under the holiday's name, deadlines that step over it, the rush after. */
    TET("2026-02-13T15:30", "2026-02-09", "2026-02-25", 600, "477"),
    /** 1 July 2025: the district level ends, eleven communes become four, their desks and sensors move. */
    MERGER("2025-06-30T15:00", "2025-06-25", "2025-07-04", 300, "46"),
    /** The flood of October 2025, with the levels and the rain of its bulletins. */
    FLOOD("2025-10-26T16:00", "2025-10-25", "2025-11-04", 600, "46");

    private static final LocalDate MERGED = LocalDate.of(2025, 7, 1);

    private final LocalDateTime start;
    private final LocalDate firstDay;
    private final LocalDate lastDay;
    private final int speed;
    private final String scope;

    Scenario(String start, String firstDay, String lastDay, int speed, String scope) {
        this.start = LocalDateTime.parse(start);
        this.firstDay = LocalDate.parse(firstDay);
        this.lastDay = LocalDate.parse(lastDay);
        this.speed = speed;
        this.scope = scope;
    }

    /** Returns its name: {@code tet}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a scenario by its name. */
    public static Optional<Scenario> ofId(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst();
    }

    /** Returns the local time at which watching begins. */
    public LocalDateTime start() {
        return start;
    }

    /** Returns all its days. */
    public List<LocalDate> days() {
        return firstDay.datesUntil(lastDay.plusDays(1)).toList();
    }

    /** Returns how much faster than it happened it is worth watching. */
    public int speed() {
        return speed;
    }

    /** Returns the area whose wall shows it. */
    public String scope() {
        return scope;
    }

    /** Returns the registry with the sources that only this scenario has. */
    public Registry registry(Registry known) {
        return new Registry(
                known.areas(),
                known.sources().with(script(known.sources()).sources()),
                known.procedures(),
                known.calendar(),
                known.thresholds());
    }

    /** Returns the instant at which sources move: for the flood, which came after, one long past. */
    public Instant moveAt() {
        return MERGED.atStartOfDay(WorkingCalendar.ZONE).toInstant();
    }

    /** Returns the sources that move, each to the unit that takes over its own. */
    public List<Addition> moves(Registry registry) {
        return this == TET
                ? List.of()
                : registry.sources().all().stream()
                        .filter(source -> !source.isRevoked())
                        .flatMap(source -> move(registry, source).stream())
                        .toList();
    }

    Script script(Sources known) {
        return this == FLOOD ? Script.read("/scenarios/flood.yaml", known) : Script.NONE;
    }

    private static Optional<Addition> move(Registry registry, Source source) {
        return registry.areas()
                .find(source.registrations().getLast().area())
                .filter(area -> MERGED.equals(area.validTo()))
                .map(Area::successor)
                .map(successor -> new Addition(source.id(), successor, source.kind(), null, null));
    }
}
