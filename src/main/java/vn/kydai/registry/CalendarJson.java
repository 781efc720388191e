package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part {@code calendar}, read from JSON. */
final class CalendarJson {
    private static final Pattern SESSION = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d");
    private static final int TIME_CHARS = 5;
    private static final List<String> WEEKDAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> KINDS = List.of("holiday", "substitute", "swappedOff", "weekend");

    private CalendarJson() {}

    /** Desk hours from {@code start} to before {@code end}. */
    record Session(LocalTime start, LocalTime end) {}

    /** The sessions of some months while they are valid: from inclusive, to exclusive. */
    record Hours(@Nullable LocalDate from, @Nullable LocalDate to, Set<Month> months, List<Session> sessions) {
        boolean isFor(LocalDate date) {
            return months.contains(date.getMonth())
                    && (from == null || !date.isBefore(from))
                    && (to == null || date.isBefore(to));
        }
    }

    /**
     * The calendar's tables.
     *
     * @param hours later entries win
     * @param saturday sessions in which a desk receives on a Saturday that is no working day
     * @param daysOff name by date
     * @param workedDays Saturdays and Sundays that are working days
     */
    record Tables(
            Set<DayOfWeek> weekdays,
            List<Hours> hours,
            List<Session> saturday,
            Map<LocalDate, String> daysOff,
            Set<LocalDate> workedDays) {}

    static Tables read(JsonNode part) {
        Fields fields = Fields.of(part, "", "workingWeekdays", "hours", "saturday", "daysOff", "workedDays");
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        weekdays.addAll(fields.list("workingWeekdays", CalendarJson::weekday));
        if (weekdays.isEmpty()) {
            throw new InvalidPart("/workingWeekdays", "found no day; allowed: some of " + String.join(", ", WEEKDAYS));
        }
        List<Hours> hours = fields.list("hours", CalendarJson::hours);
        if (hours.isEmpty()) {
            throw new InvalidPart("/hours", "found no hours; allowed: at least one entry");
        }
        List<Session> saturday = fields.has("saturday")
                ? sessions(Fields.of(fields.required("saturday"), "/saturday", "receive"), "receive")
                : List.of();
        Map<LocalDate, String> daysOff = new HashMap<>();
        fields.distinct("daysOff", "date", CalendarJson::dayOff, DayOff::date)
                .forEach((date, day) -> daysOff.put(date, day.name()));
        Set<LocalDate> workedDays = new HashSet<>(fields.list("workedDays", CalendarJson::workedDay));
        checkDisjoint(daysOff.keySet(), workedDays);
        return new Tables(
                Collections.unmodifiableSet(weekdays), hours, saturday, Map.copyOf(daysOff), Set.copyOf(workedDays));
    }

    private static DayOfWeek weekday(JsonNode node, String pointer) {
        int index = WEEKDAYS.indexOf(node.asText());
        if (index < 0) {
            throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: " + String.join(", ", WEEKDAYS));
        }
        return DayOfWeek.of(index + 1);
    }

    private static Hours hours(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "validFrom", "validTo", "months", "sessions");
        Set<Month> months = EnumSet.noneOf(Month.class);
        months.addAll(fields.list("months", CalendarJson::month));
        if (months.isEmpty()) {
            throw new InvalidPart(pointer, "months is missing; allowed: numbers from 1 to 12");
        }
        List<Session> sessions = sessions(fields, "sessions");
        if (sessions.isEmpty()) {
            throw new InvalidPart(pointer, "sessions is missing; allowed: such as \"07:30-11:30\"");
        }
        return new Hours(fields.dateOrNull("validFrom"), fields.dateOrNull("validTo"), months, sessions);
    }

    private static Month month(JsonNode node, String pointer) {
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > 12) {
            throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: a whole number from 1 to 12");
        }
        return Month.of(node.intValue());
    }

    private static List<Session> sessions(Fields fields, String key) {
        List<Session> sessions = fields.list(key, (node, pointer) -> {
            String text = node.asText();
            if (!SESSION.matcher(text).matches()) {
                throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: such as \"07:30-11:30\"");
            }
            return new Session(
                    LocalTime.parse(text.substring(0, TIME_CHARS)), LocalTime.parse(text.substring(TIME_CHARS + 1)));
        });
        LocalTime last = LocalTime.MIN;
        for (Session session : sessions) {
            if (session.start().isBefore(last) || !session.start().isBefore(session.end())) {
                throw fields.invalid(key, "sessions one after the other, each ending after its start");
            }
            last = session.end();
        }
        return sessions;
    }

    private record DayOff(LocalDate date, String name) {}

    private static DayOff dayOff(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "date", "kind", "name");
        String kind = fields.oneOf("kind", KINDS);
        LocalDate date = fields.date("date");
        if (kind.equals("weekend") && date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
            throw fields.invalid("date", "a Saturday or Sunday, for the kind weekend");
        }
        return new DayOff(date, fields.text("name"));
    }

    private static LocalDate workedDay(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "date", "for");
        if (fields.has("for") && fields.date("for").equals(fields.date("date"))) {
            throw fields.invalid("for", "the day off it is worked instead of");
        }
        return fields.date("date");
    }

    private static void checkDisjoint(Set<LocalDate> daysOff, Set<LocalDate> workedDays) {
        for (LocalDate date : workedDays) {
            if (daysOff.contains(date)) {
                throw new InvalidPart(
                        "/workedDays", "found " + date + ", which is in daysOff too; allowed: one of them");
            }
        }
    }
}
