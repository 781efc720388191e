package vn.kydai.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Reading.Quality;

/**
 * What the walls show, as of a position and an instant. Parts that did not change are the same instances as in the last
 * picture; all maps are sorted and unmodifiable.
 * @param position last position folded
 * @param at the instant it is true of
 * @param areas every area of the tree valid at {@code at}, by id
 * @param sensors by sensor key: the source id, or {@code id:metric} for a device's further metrics
 * @param ticker the newest events of each area worth telling, by position
 * @param alarms every alarm that was ever raised, by its id; those in state normal too
 * @param floods of alarms, by the area in whose subtree they come too fast to be read one by one
 * @param orders to sound sirens, by their id: those of the last month
 * @param desks what each desk tells its staff and those who wait, by leaf area
 * @param lastIngest ingest time of the newest event of all
 * @param setAside what was left out up to this position, by position
 * @param catchingUp absent when it shows all there is
 */
public record Picture(
        long position,
        Instant at,
        SortedMap<String, Area> areas,
        SortedMap<String, Sensor> sensors,
        SortedMap<Long, Tick> ticker,
        SortedMap<String, Alarm> alarms,
        SortedMap<String, Flood> floods,
        SortedMap<String, SirenOrder> orders,
        SortedMap<String, Desk> desks,
        @Nullable Instant lastIngest,
        SortedMap<Long, SetAside> setAside,
        @Nullable CatchingUp catchingUp)
        implements Message {
    /**
     * One area.
     *
     * @param level {@code province}, {@code district}, {@code commune} or {@code region}
     * @param children ids of the direct children, in the configured order
     * @param leaves ids of every leaf area of the subtree, itself when it is one
     * @param openNow whether its desks are open at the picture's instant
     * @param closed why not: {@code night}, {@code lunch}, {@code weekend} or {@code holiday}
     * @param holiday name of the day off, from the calendar
     * @param holidayExpected whether that day off is expected by law and not decided yet (dự kiến)
     * @param opensAt when they open next
     * @param figures by figure id, over the whole subtree
     * @param trends by trend id, then by epoch minute (UTC) of the bucket's start; {@code ID.low} and {@code ID.high} are
     *     the band in which {@code ID} usually lies
     * @param indicators by indicator id
     * @param severity the worst open alarm of the subtree, 1 high to 3 low
     * @param asOf ingest time of the newest event of the subtree
     * @param lateUntil until when its figures are catching up with what comes late; absent when nothing did
     * @param own those figures that are others without the dossiers that units outside named it for, of which it has yet to
     *     say anything; what an alarm judges
     */
    public record Area(
            String id,
            String code,
            String name,
            String nameEn,
            String level,
            List<String> children,
            List<String> leaves,
            boolean openNow,
            @Nullable String closed,
            @Nullable String holiday,
            boolean holidayExpected,
            @Nullable Instant opensAt,
            SortedMap<String, Figure> figures,
            SortedMap<String, SortedMap<Long, Double>> trends,
            SortedMap<String, Slow> indicators,
            long sourcesTotal,
            long sourcesSilent,
            @Nullable Integer severity,
            @Nullable Instant asOf,
            @Nullable Instant lateUntil,
            SortedMap<String, Figure> own) {
        /** Returns the figures by which alarms are decided: whoever likes to may name a unit, and raises no alarm there. */
        public SortedMap<String, Figure> judged() {
            if (own.isEmpty()) {
                return figures;
            }
            SortedMap<String, Figure> judged = new TreeMap<>(figures);
            judged.putAll(own);
            return judged;
        }

        /** Returns the same area with the worst open alarm of its subtree. */
        public Area withSeverity(@Nullable Integer worst) {
            return new Area(
                    id,
                    code,
                    name,
                    nameEn,
                    level,
                    children,
                    leaves,
                    openNow,
                    closed,
                    holiday,
                    holidayExpected,
                    opensAt,
                    figures,
                    trends,
                    indicators,
                    sourcesTotal,
                    sourcesSilent,
                    worst,
                    asOf,
                    lateUntil,
                    own);
        }
    }

    /** State of a sensor: a fact of the server's, apart from the state of anybody's connection. */
    public enum SensorState {
        GOOD,
        STALE,
        SILENT,
        BAD
    }

    /**
     * One metric of one device.
     *
     * @param area leaf area it belongs to
     * @param station id of the gauging station, if it stands at one
     * @param name what the place is called
     * @param value newest value by event time that is not bad, in the metric's unit
     * @param at event time of that value
     * @param level how many thresholds the value has reached, 0 to 3; of the air quality index 0 to 5
     * @param thresholds by step, from 1
     * @param ratePerHour change of the value over the last hour
     * @param history newest value of each bucket of the last 12 h, by epoch minute (UTC) of the bucket's start
     * @param findings what its values are worth, and further ones worked out from them
     * @param place where its device stands on the map, if that is said
     */
    public record Sensor(
            String source,
            String area,
            @Nullable String station,
            @Nullable String name,
            String metric,
            String unit,
            @Nullable Double value,
            @Nullable Instant at,
            SensorState state,
            @Nullable Integer level,
            SortedMap<Integer, Double> thresholds,
            @Nullable Double ratePerHour,
            SortedMap<Long, Double> history,
            Findings findings,
            @Nullable Place place) {}

    /**
     * What was found out about a sensor's values.
     *
     * @param quality of the newest reading, absent before the first
     * @param lastGood the last value that was believed, while the newest is suspect
     * @param windows further values by what they cover: of rain the sums {@code 1h} … {@code 24h} and {@code day} (since
     *     19:00), of the air quality index {@code yesterday}
     * @param category how heavy the rain is: {@code light}, {@code rain}, {@code moderate}, {@code heavy},
     *     {@code very_heavy}
     * @param dominant metric of the pollutant an air quality index comes from
     * @param unchangedSince event time of the first of the last values that are all the same; absent below three
     */
    public record Findings(
            @Nullable Quality quality,
            @Nullable LastGood lastGood,
            SortedMap<String, Double> windows,
            @Nullable String category,
            @Nullable String dominant,
            @Nullable Instant unchangedSince) {
        /** None at all. */
        public static final SortedMap<String, Double> NO_WINDOWS = Collections.emptySortedMap();

        /** Nothing yet. */
        public static final Findings NONE = new Findings(null, null, NO_WINDOWS, null, null, null);
    }

    /** A value that was believed, and its event time. */
    public record LastGood(double value, Instant at) {}

    /**
     * A slow indicator.
     *
     * @param history by period
     */
    public record Slow(
            double value,
            String unit,
            String period,
            @Nullable String standard,
            @Nullable Double target,
            SortedMap<String, Point> history) {}

    /** A slow indicator's value in one period. */
    public record Point(double value, @Nullable String standard) {}

    /**
     * A line of the ticker: a code and parameters, never a sentence.
     *
     * @param at event time
     * @param kind the event's kind
     * @param code what happened: {@code received}, {@code done}, {@code called}, {@code rated}, {@code level} …
     */
    public record Tick(Instant at, String area, Kind kind, String code, Map<String, String> params) {}

    /** State of an alarm, after ISA-18.2. */
    public enum AlarmState {
        NORMAL("normal"),
        UNACKNOWLEDGED("unacknowledged"),
        ACKNOWLEDGED("acknowledged"),
        RETURNED("returned"),
        LATCHED("latched"),
        LATCHED_ACKNOWLEDGED("latchedAcknowledged"),
        SHELVED("shelved"),
        SUPPRESSED("suppressed"),
        OUT_OF_SERVICE("outOfService");

        private final String id;

        AlarmState(String id) {
            this.id = id;
        }

        /** Returns the name on the wall. */
        public String id() {
            return id;
        }

        /** Tells whether it stands in a list of its own rather than among what is open. */
        public boolean isSetAside() {
            return this == SHELVED || this == SUPPRESSED || this == OUT_OF_SERVICE;
        }
    }

    /**
     * An alarm as the journal has it.
     *
     * @param source what it is about: the key of a sensor, the id of a gateway or of an area
     * @param area the area it belongs to
     * @param isActive whether its condition holds, whatever its state
     * @param occurrence counts the times it was raised, re-alarms included
     * @param measure what was found last
     * @param raisedAt when this occurrence was raised
     * @param clearedAt when its condition became clear; absent while it holds
     * @param acknowledged by whom; absent until somebody has
     * @param note the newest note
     * @param holder who has taken it over, and since when; absent while nobody has
     * @param escalation who was told because nobody acknowledged it
     * @param marks what is told beside it
     * @param terms of its rule, as it stands then
     * @param terms of its rule, as it stands then
     * @param position of the newest event of it
     */
    public record Alarm(
            String rule,
            String source,
            String area,
            AlarmState state,
            boolean isActive,
            long occurrence,
            vn.kydai.event.Alarm.Measure measure,
            Instant raisedAt,
            @Nullable Instant clearedAt,
            @Nullable Said acknowledged,
            @Nullable Said note,
            @Nullable Shelf shelf,
            @Nullable Said holder,
            Escalation escalation,
            AlarmMarks marks,
            AlarmTerms terms,
            long position) {
        /**
         * Returns its worst severity from when it was last clear to an occurrence. Of one that is long over 1, the worst there
         * is: nobody is to miss a step because it is not known any more.
         */
        public int worst(long ofOccurrence) {
            return marks.worst().getOrDefault(ofOccurrence, 1);
        }

        /** Tells whether it asks for somebody: active or latched, and not set aside. */
        public boolean isOpen() {
            return switch (state) {
                case UNACKNOWLEDGED, ACKNOWLEDGED, LATCHED, LATCHED_ACKNOWLEDGED -> true;
                case NORMAL, RETURNED, SHELVED, SUPPRESSED, OUT_OF_SERVICE -> false;
            };
        }
    }

    /**
     * How far an occurrence of an alarm was escalated.
     *
     * @param since since when somebody is awaited; absent while nobody is: acknowledged, taken over, clear, set aside
     * @param level how many persons were told, one after the other
     * @param told these in their order, and when
     */
    public record Escalation(@Nullable Instant since, int level, List<Said> told) {
        public Escalation {
            told = List.copyOf(told);
        }

        /** Returns who was told last, if anybody was. */
        public @Nullable Said last() {
            return told.isEmpty() ? null : told.getLast();
        }

        /** Tells whether a person was told of this occurrence. */
        public boolean hasTold(String user) {
            return told.stream().anyMatch(said -> said.by().equals(user));
        }
    }

    /**
     * More new alarms than an operator can read (EEMUA 191): from more than ten within ten minutes on, until there are
     * fewer than five.
     *
     * @param since when there were more than ten
     * @param raised new ones of the last ten minutes
     * @param open how many alarms are neither normal nor set aside
     * @param severity the worst of these, 1 high to 3 low
     */
    public record Flood(Instant since, int raised, int open, int severity) {}

    /** What somebody did or said, when and in which words. */
    public record Said(String by, Instant at, @Nullable String text) {}

    /**
     * Why an alarm is hidden, and how long.
     *
     * @param extensions how often it was shelved anew while shelved
     */
    public record Shelf(String by, String reason, Instant until, int extensions) {
        /** So often it may be; then somebody has to unshelve it first. */
        public static final int MAX_EXTENSIONS = 3;
    }

    /** How an area stands to a scope. */
    public enum Verdict {
        WITHIN,
        FOREIGN,
        UNKNOWN
    }

    /** Judges an area that somebody of a scope asks for. */
    public Verdict judge(String scope, String area) {
        if (!areas.containsKey(area)) {
            return Verdict.UNKNOWN;
        }
        return subtree(scope).contains(area) ? Verdict.WITHIN : Verdict.FOREIGN;
    }

    /** Tells whether an area is in the tree, within a scope. */
    public boolean isWithin(String scope, String area) {
        return judge(scope, area) == Verdict.WITHIN;
    }

    /** Returns the ids of an area's subtree, itself included. */
    public Set<String> subtree(String area) {
        return subtree(areas, area);
    }

    /** Returns the ids of an area's subtree in a tree, itself included. */
    public static Set<String> subtree(Map<String, Area> areas, String area) {
        Set<String> members = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(area));
        while (!open.isEmpty()) {
            String id = open.pop();
            Area found = members.add(id) ? areas.get(id) : null;
            if (found != null) {
                found.children().forEach(open::push);
                members.addAll(found.leaves());
            }
        }
        return members;
    }
}
