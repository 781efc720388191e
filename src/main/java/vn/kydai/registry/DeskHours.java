package vn.kydai.registry;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When desks receive.
 *
 * @param seasons of working days; later entries win
 * @param saturday sessions of a Saturday that is no working day
 * @param sunday sessions of a Sunday that is no working day
 */
record DeskHours(List<Season> seasons, List<Session> saturday, List<Session> sunday) {
    private static final int MONTHS = 12;

    /** Where there are no seasons. */
    static final List<Session> PLAIN = List.of(
            new Session(LocalTime.of(7, 30), LocalTime.of(11, 30)),
            new Session(LocalTime.of(13, 0), LocalTime.of(17, 0)));

    DeskHours {
        seasons = List.copyOf(seasons);
        saturday = List.copyOf(saturday);
        sunday = List.copyOf(sunday);
    }

    /** Desk hours from {@code start} to before {@code end}. */
    record Session(LocalTime start, LocalTime end) {}

    /** The sessions of some months while they are valid: from inclusive, to exclusive. */
    record Season(@Nullable LocalDate from, @Nullable LocalDate to, Set<Month> months, List<Session> sessions) {
        boolean isFor(LocalDate date) {
            return months.contains(date.getMonth())
                    && (from == null || !date.isBefore(from))
                    && (to == null || date.isBefore(to));
        }
    }

    /** Returns the sessions of a working day; never none. */
    List<Session> sessions(LocalDate workingDay) {
        for (int index = seasons.size() - 1; index >= 0; index--) {
            if (seasons.get(index).isFor(workingDay)) {
                return seasons.get(index).sessions();
            }
        }
        return PLAIN;
    }

    /** Returns a date without hours; absent where every date has some. */
    Optional<LocalDate> firstWithout() {
        SortedSet<LocalDate> changes = new TreeSet<>(Set.of(LocalDate.EPOCH));
        for (Season season : seasons) {
            if (season.from() != null) {
                changes.add(season.from());
            }
            if (season.to() != null) {
                changes.add(season.to());
            }
        }
        changes.add(changes.first().minusYears(1));
        return changes.stream()
                .flatMap(change -> firstDays(change).takeWhile(day -> !isChangeBetween(changes, change, day)))
                .filter(date -> seasons.stream().noneMatch(season -> season.isFor(date)))
                .findFirst();
    }

    /** A date, and the first days of the months of the year after it. */
    private static Stream<LocalDate> firstDays(LocalDate from) {
        return Stream.iterate(from, date -> date.plusMonths(1).withDayOfMonth(1))
                .limit(MONTHS + 1);
    }

    private static boolean isChangeBetween(SortedSet<LocalDate> changes, LocalDate after, LocalDate upTo) {
        return !changes.subSet(after.plusDays(1), upTo.plusDays(1)).isEmpty();
    }

    /** Returns the sessions of a date that is neither a working day nor a day off. */
    List<Session> weekend(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> saturday;
            case SUNDAY -> sunday;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> List.of();
        };
    }

    LocalTime opens(LocalDate workingDay) {
        return sessions(workingDay).get(0).start();
    }

    LocalTime closes(LocalDate workingDay) {
        return last(sessions(workingDay));
    }

    static LocalTime last(List<Session> sessions) {
        return sessions.get(sessions.size() - 1).end();
    }
}
