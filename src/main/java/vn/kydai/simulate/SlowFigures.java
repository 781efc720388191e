package vn.kydai.simulate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Indicator;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/**
 * The slow figures of Quảng Điền that the demo begins with. Poor and near-poor shares, jobs and houses are the
 * district's published ones (end of 2020 and of 2023); numbers of new-rural communes are invented for the demo.
 */
final class SlowFigures {
    private static final String STANDARD_2016 = "2016-2020";
    private static final String STANDARD_2022 = "nd07-2021";
    private static final LocalDate REVIEW_2020 = LocalDate.of(2020, 12, 14);
    private static final LocalDate REVIEW_2023 = LocalDate.of(2023, 12, 14);

    private SlowFigures() {}

    /** Returns them as events of the office that publishes them. */
    static List<Event> of(Source office) {
        return List.of(
                event(office, REVIEW_2020, share("poverty_rate", "2020", 0.0443, STANDARD_2016)),
                event(office, REVIEW_2020, share("near_poor_rate", "2020", 0.0638, STANDARD_2016)),
                event(office, REVIEW_2023, share("poverty_rate", "2023", 0.017, STANDARD_2022)),
                event(office, REVIEW_2023, share("near_poor_rate", "2023", 0.0288, STANDARD_2022)),
                event(office, REVIEW_2023, count("jobs_created", 1_517, null)),
                event(office, REVIEW_2023, count("houses_built", 171, null)),
                event(office, REVIEW_2023, count("ntm_communes", 10, 10.0)),
                event(office, REVIEW_2023, count("ntm_advanced_communes", 4, 10.0)));
    }

    private static Indicator share(String indicator, String period, double value, String standard) {
        return new Indicator(indicator, period, value, "1", standard, null, null, null);
    }

    private static Indicator count(String indicator, double value, @Nullable Double target) {
        return new Indicator(indicator, "2023", value, "1", null, null, null, target);
    }

    private static Event event(Source office, LocalDate published, Indicator indicator) {
        Instant at = published.atTime(16, 0).atZone(WorkingCalendar.ZONE).toInstant();
        String id = indicator.indicator() + "-" + indicator.period();
        return new Event(id, office.id(), office.areaAt(at), at, false, null, indicator);
    }
}
