package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;

/**
 * Who is on duty (lịch trực), by area, day and hour: the part {@code roster}, from {@code roster.yaml}. Immutable.
 *
 * @param duties in the order of the file
 */
public record Roster(List<Duty> duties) {
    /** Nobody is on duty. */
    public static final Roster NONE = new Roster(List.of());

    public Roster {
        duties = List.copyOf(duties);
    }

    /**
     * A person on duty.
     *
     * @param user name of the account
     * @param post what the person is there ({@code Trực ban xã}), if it is said
     * @param channels ids of {@code channels.yaml} by which the person is told of what is escalated to him
     */
    public record Person(String user, @Nullable String post, List<String> channels) {
        public Person {
            requireNonNull(user, "user is null");
            channels = List.copyOf(channels);
        }
    }

    /**
     * The days on which a duty begins: some dates, or else weekdays while they are valid.
     *
     * @param dates if any, these alone, and in place of what their weekdays say
     * @param from first day; absent: since ever
     * @param to first day no more; absent: without end
     */
    public record Day(
            Set<LocalDate> dates,
            Set<DayOfWeek> weekdays,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        public Day {
            dates = Set.copyOf(dates);
            weekdays = Set.copyOf(weekdays);
        }

        boolean isUsual(LocalDate date) {
            return dates.isEmpty()
                    && weekdays.contains(date.getDayOfWeek())
                    && (from == null || !date.isBefore(from))
                    && (to == null || date.isBefore(to));
        }
    }

    /**
     * Hours of some days for which people are on duty. An end that is not after the start is on the next day.
     *
     * @param day the days it begins on
     * @param people in charge first, then the next in line
     */
    public record Duty(String area, Day day, LocalTime start, LocalTime end, List<Person> people) {
        public Duty {
            requireNonNull(area, "area is null");
            requireNonNull(day, "day is null");
            requireNonNull(start, "start is null");
            requireNonNull(end, "end is null");
            people = List.copyOf(people);
        }

        /** Tells whether it covers a moment when it begins on a date. */
        boolean covers(LocalDate begins, LocalDateTime moment) {
            LocalDate ends = end.isAfter(start) ? begins : begins.plusDays(1);
            return !moment.isBefore(begins.atTime(start)) && moment.isBefore(ends.atTime(end));
        }
    }

    /** Reads the part {@code roster}: {@code {"duties": [{"area": "477", "people": [{"user": "an.nguyen"}]}]}}. */
    public static Roster of(JsonNode part) {
        return new Roster(RosterJson.duties(part));
    }

    /**
     * Returns who is on duty in an area itself at an instant: in charge first, then the next in line, each once. What is
     * said of a date goes before what is said of its weekday; duties that began the evening before go on.
     */
    public List<Person> onDuty(String area, Instant instant) {
        LocalDateTime moment = LocalDateTime.ofInstant(instant, WorkingCalendar.ZONE);
        Map<String, Person> found = new LinkedHashMap<>();
        Stream.of(moment.toLocalDate(), moment.toLocalDate().minusDays(1))
                .flatMap(date -> beginning(area, date).filter(duty -> duty.covers(date, moment)))
                .flatMap(duty -> duty.people().stream())
                .forEach(person -> found.putIfAbsent(person.user(), person));
        return List.copyOf(found.values());
    }

    /** Returns who is on duty for an area: in the nearest one above it, itself first, where somebody is. */
    public List<Person> onDuty(Areas areas, String area, Instant instant) {
        LocalDate date = WorkingCalendar.dateOf(instant);
        String current = areas.current(area, date);
        while (current != null) {
            List<Person> people = onDuty(current, instant);
            if (!people.isEmpty()) {
                return people;
            }
            current = areas.parent(current, date);
        }
        return List.of();
    }

    /** Returns the same duties, with the channels that are in force alone. */
    public Roster reachedBy(Channels channels) {
        Set<String> ids = channels.all().stream().map(OutboundChannel::id).collect(Collectors.toSet());
        return new Roster(duties.stream()
                .map(duty -> new Duty(
                        duty.area(),
                        duty.day(),
                        duty.start(),
                        duty.end(),
                        duty.people().stream()
                                .map(person -> new Person(
                                        person.user(),
                                        person.post(),
                                        person.channels().stream()
                                                .filter(ids::contains)
                                                .toList()))
                                .toList()))
                .toList());
    }

    /** Returns the channels by which a person on duty for an area at an instant is reached; none of one who is not. */
    public List<String> channels(Areas areas, String area, Instant instant, String user) {
        return onDuty(areas, area, instant).stream()
                .filter(person -> person.user().equals(user))
                .flatMap(person -> person.channels().stream())
                .toList();
    }

    /** Returns the channels by which a person is reached on any duty. */
    public List<String> channels(String user) {
        return duties.stream()
                .flatMap(duty -> duty.people().stream())
                .filter(person -> person.user().equals(user))
                .flatMap(person -> person.channels().stream())
                .distinct()
                .toList();
    }

    /** Returns the areas that have duties, in the order of the file. */
    public Set<String> areas() {
        Set<String> areas = new LinkedHashSet<>();
        duties.forEach(duty -> areas.add(duty.area()));
        return areas;
    }

    /** Refuses a duty in an area that does not exist. */
    void check(Areas areas) {
        for (int index = 0; index < duties.size(); index++) {
            SourceReferences.checkArea(areas, duties.get(index).area(), "/duties/" + index + "/area");
        }
    }

    /** Refuses a channel that does not exist. */
    void check(Channels known) {
        Set<String> ids = new HashSet<>(known.disabled());
        known.all().forEach(channel -> ids.add(channel.id()));
        for (int duty = 0; duty < duties.size(); duty++) {
            List<Person> people = duties.get(duty).people();
            for (int person = 0; person < people.size(); person++) {
                List<String> channels = people.get(person).channels();
                for (int index = 0; index < channels.size(); index++) {
                    if (!ids.contains(channels.get(index))) {
                        throw new InvalidPart(
                                "/duties/" + duty + "/people/" + person + "/channels/" + index,
                                "found " + channels.get(index) + ", which no channel is called"
                                        + Nearest.hint(channels.get(index), ids)
                                        + "; allowed: an id of channels.yaml");
                    }
                }
            }
        }
    }

    private Stream<Duty> beginning(String area, LocalDate date) {
        List<Duty> own =
                duties.stream().filter(duty -> duty.area().equals(area)).toList();
        List<Duty> dated =
                own.stream().filter(duty -> duty.day().dates().contains(date)).toList();
        return dated.isEmpty() ? own.stream().filter(duty -> duty.day().isUsual(date)) : dated.stream();
    }
}
