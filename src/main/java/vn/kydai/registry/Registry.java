package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import vn.kydai.event.Configuration;

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

    /** Takes one configuration event; sources are merged by id, every other part is replaced whole. */
    public Registry with(Configuration configuration) {
        return Unwritten.yet();
    }
}
