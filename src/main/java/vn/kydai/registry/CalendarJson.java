package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import vn.kydai.registry.Deadlines.Rules;
import vn.kydai.registry.DeskHours.Season;
import vn.kydai.registry.DeskHours.Session;

/** The part {@code calendar}, read from JSON. */
final class CalendarJson {
    static final Pattern SESSION = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final int TIME_CHARS = 5;
    private static final List<String> TIMES_OF_DAY = List.of("close", "same");
    private static final int MAX_ACCEPT_HOURS = 80;
    private static final List<String> WEEKDAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> KINDS = List.of("holiday", "substitute", "swappedOff", "weekend");

    private CalendarJson() {}

    /**
     * The calendar's tables.
     *
     * @param usual hours of every desk that has none of its own
     * @param byArea hours of all desks of an area, by area id
     * @param bySource hours of one desk, by source id
     * @param daysOff name by date
     * @param expected those of the days off that the law lets expect and nobody has decided yet
     * @param expectedYears years of which the calendar's author has entered no day off
     * @param workedDays Saturdays and Sundays that are working days
     */
    record Tables(
            Set<DayOfWeek> weekdays,
            DeskHours usual,
            Map<String, DeskHours> byArea,
            Map<String, DeskHours> bySource,
            Map<LocalDate, String> daysOff,
            Set<LocalDate> expected,
            Set<Integer> expectedYears,
            Set<LocalDate> workedDays,
            Rules rules) {}

    static Tables read(JsonNode part) {
        Fields fields = Fields.of(
                part,
                "",
                "workingWeekdays",
                "hours",
                "saturday",
                "sunday",
                "desks",
                "deadline",
                "daysOff",
                "expectedYears",
                "workedDays");
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        weekdays.addAll(fields.list("workingWeekdays", CalendarJson::weekday));
        if (weekdays.isEmpty()) {
            throw new InvalidPart("/workingWeekdays", "found no day; allowed: some of " + String.join(", ", WEEKDAYS));
        }
        DeskHours usual = deskHours(fields, List.of());
        Map<String, DeskHours> byArea = new HashMap<>();
        Map<String, DeskHours> bySource = new HashMap<>();
        Map<String, Desk> desks =
                fields.distinct("desks", "desk", (node, pointer) -> desk(node, pointer, usual.seasons()), Desk::key);
        desks.values().forEach(desk -> (desk.isArea() ? byArea : bySource).put(desk.id(), desk.hours()));
        Map<LocalDate, String> daysOff = new HashMap<>();
        Set<LocalDate> expected = new HashSet<>();
        fields.distinct("daysOff", "date", CalendarJson::dayOff, DayOff::date).forEach((date, day) -> {
            daysOff.put(date, day.name());
            if (day.isExpected()) {
                expected.add(date);
            }
        });
        List<LocalDate> workedDays = fields.list("workedDays", CalendarJson::workedDay);
        checkDisjoint(daysOff.keySet(), workedDays);
        return new Tables(
                Collections.unmodifiableSet(weekdays),
                usual,
                Map.copyOf(byArea),
                Map.copyOf(bySource),
                Map.copyOf(daysOff),
                Set.copyOf(expected),
                Set.copyOf(fields.list("expectedYears", CalendarJson::year)),
                Set.copyOf(workedDays),
                fields.has("deadline") ? rules(fields.required("deadline")) : Rules.USUAL);
    }

    /** Hours of the desks of one area, or of one desk. */
    private record Desk(String id, boolean isArea, DeskHours hours) {
        String key() {
            return (isArea ? "area " : "desk ") + id;
        }
    }

    /** Where a desk's own hours say nothing, the usual ones hold. */
    private static Desk desk(JsonNode node, String pointer, List<Season> usual) {
        Fields fields = Fields.of(node, pointer, "area", "desk", "hours", "saturday", "sunday");
        if (fields.has("area") == fields.has("desk")) {
            throw new InvalidPart(pointer, "found both or none of area and desk; allowed: one of them");
        }
        boolean isArea = fields.has("area");
        return new Desk(fields.text(isArea ? "area" : "desk"), isArea, deskHours(fields, usual));
    }

    private static DeskHours deskHours(Fields fields, List<Season> before) {
        List<Season> own = fields.list("hours", CalendarJson::season);
        if (own.isEmpty()) {
            throw new InvalidPart(fields.pointer("hours"), "found no hours; allowed: at least one entry");
        }
        List<Season> seasons = new ArrayList<>(before);
        seasons.addAll(own);
        return new DeskHours(seasons, weekend(fields, "saturday"), weekend(fields, "sunday"));
    }

    private static List<Session> weekend(Fields fields, String day) {
        return fields.has(day)
                ? sessions(Fields.of(fields.required(day), fields.pointer(day), "receive"), "receive")
                : List.of();
    }

    private static Rules rules(JsonNode node) {
        Fields fields = Fields.of(node, "/deadline", "timeOfDay", "sameDayUntil", "agencyPauses", "acceptHours");
        return new Rules(
                fields.has("timeOfDay")
                        && fields.oneOf("timeOfDay", TIMES_OF_DAY).equals("same"),
                fields.has("sameDayUntil")
                        ? LocalTime.parse(fields.matching("sameDayUntil", TIME))
                        : Rules.SAME_DAY_UNTIL,
                fields.flag("agencyPauses"),
                fields.has("acceptHours") ? fields.integer("acceptHours", 1, MAX_ACCEPT_HOURS) : Rules.ACCEPT_HOURS);
    }

    static DayOfWeek weekday(JsonNode node, String pointer) {
        int index = WEEKDAYS.indexOf(node.asText());
        if (index < 0) {
            throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: " + String.join(", ", WEEKDAYS));
        }
        return DayOfWeek.of(index + 1);
    }

    private static Season season(JsonNode node, String pointer) {
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
        return new Season(fields.dateOrNull("validFrom"), fields.dateOrNull("validTo"), months, sessions);
    }

    private static Month month(JsonNode node, String pointer) {
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > 12) {
            throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: a whole number from 1 to 12");
        }
        return Month.of(node.intValue());
    }

    private static int year(JsonNode node, String pointer) {
        if (!node.isInt()) {
            throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: a year");
        }
        return node.intValue();
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

    private record DayOff(LocalDate date, String name, boolean isExpected) {}

    private static DayOff dayOff(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "date", "kind", "name", "decided", "law", "expected");
        String kind = fields.oneOf("kind", KINDS);
        LocalDate date = fields.date("date");
        if (kind.equals("weekend") && date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
            throw fields.invalid("date", "a Saturday or Sunday, for the kind weekend");
        }
        checkDecision(fields);
        boolean isExpected = fields.flag("expected");
        if (isExpected && fields.has("decided")) {
            throw fields.invalid("expected", "false for a day that is decided");
        }
        return new DayOff(date, fields.text("name"), isExpected);
    }

    private static LocalDate workedDay(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "date", "for", "decided", "law");
        if (fields.has("for") && fields.date("for").equals(fields.date("date"))) {
            throw fields.invalid("for", "the day off it is worked instead of");
        }
        checkDecision(fields);
        return fields.date("date");
    }

    /** When and by which document a date was decided: for the reader of the file alone. */
    private static void checkDecision(Fields fields) {
        LocalDate decided = fields.dateOrNull("decided");
        String law = fields.textOrNull("law");
        if (decided != null && decided.isAfter(fields.date("date"))) {
            throw fields.invalid("decided", "a date not after the day itself" + (law == null ? "" : ", by " + law));
        }
    }

    private static void checkDisjoint(Set<LocalDate> daysOff, List<LocalDate> workedDays) {
        for (int index = 0; index < workedDays.size(); index++) {
            LocalDate date = workedDays.get(index);
            if (daysOff.contains(date)) {
                throw new InvalidPart(
                        "/workedDays/" + index + "/date",
                        "found " + date + ", which is in daysOff too; allowed: one of them");
            }
        }
    }
}
