package vn.kydai.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.registry.WorkingCalendar.Opening;

/** Asks the calendar about instants; what holds for a whole date is asked once. */
final class Moments {
    /** How long after closing a ticket may still be called (domain rule, assumed). */
    private static final Duration QUEUE_GRACE = Duration.ofMinutes(30);

    private static final int NO_OPENING = Quarters.PER_DAY;

    private @Nullable WorkingCalendar calendar;
    private @Nullable Day day;

    /** A date; when its last session ends, by the usual hours and by those of areas with hours of their own. */
    private record Day(
            LocalDate date,
            int nextWorkingDay,
            int openingQuarter,
            Optional<Instant> closing,
            Map<String, Optional<Instant>> ownClosings) {}

    Moment at(Instant now, WorkingCalendar known) {
        LocalDate date = WorkingCalendar.dateOf(now);
        Day today = day;
        if (today == null || !Same.instance(calendar, known) || !today.date().equals(date)) {
            today = day(date, known);
            calendar = known;
            day = today;
        }
        Optional<Instant> closing = today.closing();
        boolean isQueueOpen = isQueueOpen(closing, now);
        Set<String> others = today.ownClosings().entrySet().stream()
                .filter(area -> isQueueOpen(area.getValue(), now) != isQueueOpen)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        Instant shown = closing.filter(end -> !now.isBefore(end))
                .map(end -> end.minusNanos(1))
                .orElse(now);
        Phase phase = new Phase(
                Math.floorDiv(now.getEpochSecond(), 60L),
                Math.toIntExact(date.toEpochDay()),
                today.nextWorkingDay(),
                isQueueOpen,
                others,
                today.openingQuarter(),
                quarter(shown));
        boolean wasOpen = known.opening(now.minus(Moment.DESK_PATIENCE)).isOpen();
        return new Moment(now, phase, known.opening(now), wasOpen, known);
    }

    private static Day day(LocalDate date, WorkingCalendar known) {
        Instant start = date.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        Opening midnight = known.opening(start);
        Instant opens = midnight.isOpen() ? start : midnight.opensAt();
        return new Day(
                date,
                Math.toIntExact(known.nextWorkingDay(date).toEpochDay()),
                openingQuarter(opens, date),
                known.closing(date),
                known.areasWithOwnHours().stream()
                        .collect(Collectors.toUnmodifiableMap(area -> area, area -> known.closing(area, date))));
    }

    private static boolean isQueueOpen(Optional<Instant> closing, Instant now) {
        return closing.map(end -> now.isBefore(end.plus(QUEUE_GRACE))).orElse(true);
    }

    private static int openingQuarter(@Nullable Instant opens, LocalDate date) {
        return opens != null && WorkingCalendar.dateOf(opens).equals(date) ? quarter(opens) : NO_OPENING;
    }

    private static int quarter(Instant instant) {
        return instant.atZone(WorkingCalendar.ZONE).toLocalTime().toSecondOfDay() / 900;
    }
}
