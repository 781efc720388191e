package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import vn.kydai.event.UserName;
import vn.kydai.registry.Roster.Day;
import vn.kydai.registry.Roster.Duty;
import vn.kydai.registry.Roster.Person;

/** The part {@code roster}, read from JSON. */
final class RosterJson {
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private RosterJson() {}

    static List<Duty> duties(JsonNode part) {
        return Fields.of(part, "", "duties").list("duties", RosterJson::duty);
    }

    private static Duty duty(JsonNode node, String pointer) {
        Fields fields =
                Fields.of(node, pointer, "area", "weekdays", "dates", "validFrom", "validTo", "hours", "people");
        LocalTime start = LocalTime.MIDNIGHT;
        LocalTime end = LocalTime.MIDNIGHT;
        if (fields.has("hours")) {
            String hours = fields.matching("hours", CalendarJson.SESSION);
            int dash = hours.indexOf('-');
            start = LocalTime.parse(hours.substring(0, dash));
            end = LocalTime.parse(hours.substring(dash + 1));
        }
        List<Person> people = List.copyOf(fields.distinct("people", "user", RosterJson::person, Person::user)
                .values());
        if (people.isEmpty()) {
            throw fields.invalid("people", "a list of one person or more, in charge first");
        }
        return new Duty(fields.text("area"), day(fields), start, end, people);
    }

    private static Day day(Fields fields) {
        Set<LocalDate> dates = new LinkedHashSet<>(fields.list("dates", Fields::date));
        for (String other : List.of("weekdays", "validFrom", "validTo")) {
            if (!dates.isEmpty() && fields.has(other)) {
                throw fields.invalid(other, "nothing beside dates");
            }
        }
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        weekdays.addAll(fields.list("weekdays", CalendarJson::weekday));
        if (weekdays.isEmpty()) {
            weekdays = EnumSet.allOf(DayOfWeek.class);
        }
        LocalDate from = fields.dateOrNull("validFrom");
        LocalDate to = fields.dateOrNull("validTo");
        if (from != null && to != null && !from.isBefore(to)) {
            throw fields.invalid("validTo", "a date after validFrom");
        }
        return new Day(dates, weekdays, from, to);
    }

    private static Person person(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "user", "post", "channels");
        List<String> channels = fields.list("channels", (name, at) -> Fields.matching(name, at, CHANNEL));
        return new Person(fields.matching("user", UserName.PATTERN), fields.textOrNull("post"), channels);
    }
}
