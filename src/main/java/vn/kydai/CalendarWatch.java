package vn.kydai;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.meter.Meters;
import vn.kydai.registry.LiveRegistry;
import vn.kydai.registry.WorkingCalendar;

/** Warns, once a day, while the days off of the year, or from 1 December of the next one, are not in the calendar. */
final class CalendarWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(CalendarWatch.class);
    private static final long LOOK_EVERY_MS = 3_600_000;

    private final LiveRegistry registry;
    private final InstantSource clock;
    private @Nullable LocalDate warnedOn;

    CalendarWatch(LiveRegistry registry, InstantSource clock, MeterRegistry meters) {
        this.registry = registry;
        this.clock = clock;
        new Meters(meters, "calendar")
                .gauge(
                        "undecided",
                        "years",
                        "years whose days off calendar.yaml does not have: this one, from 1 December the next one too",
                        () -> undecided().size());
    }

    void start(Vertx vertx) {
        warn();
        vertx.setPeriodic(LOOK_EVERY_MS, look -> warn());
    }

    private void warn() {
        LocalDate today = today();
        List<Integer> years = undecided();
        if (!years.isEmpty() && !today.equals(warnedOn)) {
            warnedOn = today;
            LOGGER.atWarn()
                    .addKeyValue("years", years)
                    .log(
                            "the calendar has no days off of these years: due dates will be too early until they are added");
        }
    }

    private List<Integer> undecided() {
        return registry.current().calendar().undecidedYears(today());
    }

    private LocalDate today() {
        return WorkingCalendar.dateOf(clock.instant());
    }
}
