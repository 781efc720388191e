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

/** Warns, once a day, while the days off of the year are only expected, or from 1 December those of the next one not entered. */
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
                        "years whose days off nobody has decided: this one while its Tết is only expected, from 1 December the"
                                + " next one while calendar.yaml has nothing of it",
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
                            "nobody has entered the decided days off of these years: due dates step over the expected ones");
        }
    }

    private List<Integer> undecided() {
        return registry.current().calendar().undecidedYears(today());
    }

    private LocalDate today() {
        return WorkingCalendar.dateOf(clock.instant());
    }
}
