package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;

/**
 * How well the alarms of a period served their operators, by the figures of EEMUA 191 and ISA-18.2. Pure; takes the alarm
 * events in journal order, those before the period too, since they say what stood when it began.
 */
final class AlarmPerformance {
    private static final int WINDOW_MINUTES = 10;

    /** A flood begins above the first and ends below the second, both new alarms in ten minutes. */
    private static final int FLOOD_ABOVE = 10;

    private static final int FLOOD_ENDS_BELOW = 5;
    private static final int CHATTERING_TIMES = 3;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofHours(24);
    private static final int TOP = 10;
    private static final int MEDIAN = 50;
    private static final int PERCENT = 90;
    private static final int HUNDRED = 100;

    private final Instant from;
    private final Instant to;
    private final int[] newByMinute;
    private final SortedMap<Integer, Integer> bySeverity = new TreeMap<>();
    private final Map<String, OneAlarm> alarms = new HashMap<>();
    private final List<Long> secondsToAcknowledge = new ArrayList<>();
    private int raised;
    private int fleeting;
    private int escalations;

    /** What is kept of one alarm. */
    private static final class OneAlarm {
        private final String rule;
        private final String source;
        private final List<Instant> raises = new ArrayList<>();
        private @Nullable Instant activeSince;
        private @Nullable Instant unacknowledgedSince;
        /** How it was set aside; absent while it is not. */
        private @Nullable Step aside;

        private @Nullable Instant shelvedUntil;
        private boolean isOfPeriod;
        private int chattered;
        private int fleeting;

        OneAlarm(Alarm alarm) {
            rule = alarm.rule();
            source = alarm.source();
        }

        void goElsewhere() {
            activeSince = null;
            unacknowledgedSince = null;
        }

        void setAside(Step how, @Nullable Instant until) {
            aside = how;
            shelvedUntil = until;
        }

        /** What comes back is normal unless its condition holds, and waits anew for somebody then. */
        void comeBack(Step from, Instant at) {
            if (aside == from) {
                aside = null;
                shelvedUntil = null;
                unacknowledgedSince = activeSince == null ? null : at;
            }
        }

        /** A shelf ends by itself: no event says so. */
        void passTo(Instant now) {
            Instant until = shelvedUntil;
            if (until != null && !now.isBefore(until)) {
                comeBack(Step.SHELVED, until);
            }
        }
    }

    /**
     * Prepares for a period.
     *
     * @param to exclusive, never after now
     */
    AlarmPerformance(Instant from, Instant to) {
        this.from = from;
        this.to = to;
        this.newByMinute =
                new int[Math.toIntExact(Duration.between(from, to).plus(MINUTE).toMinutes())];
    }

    /**
     * Takes the next event.
     *
     * @param isInside whether it happened in the area that is asked about: what is raised elsewhere is not counted, but how an
     *     alarm of the area goes on elsewhere, where its device was moved or a merger put it, ends it all the same
     */
    void add(Instant at, Alarm alarm, boolean isInside) {
        if (!alarm.isOfRule() || !(isInside || alarms.containsKey(alarm.id()))) {
            return;
        }
        OneAlarm one = alarms.computeIfAbsent(alarm.id(), id -> new OneAlarm(alarm));
        one.passTo(at);
        switch (alarm.step()) {
            case RAISED, REALARMED -> {
                if (isInside) {
                    raised(one, at, alarm);
                } else {
                    one.goElsewhere();
                }
            }
            case CLEARED, LATCHED -> cleared(one, at);
            case ACKNOWLEDGED -> acknowledged(one, at);
            case RESET -> one.activeSince = null;
            case ESCALATED -> escalations += at.isBefore(from) || !isInside ? 0 : 1;
            case SHELVED, SUPPRESSED, REMOVED -> one.setAside(alarm.step(), alarm.until());
            case UNSHELVED -> one.comeBack(Step.SHELVED, at);
            case RELEASED -> one.comeBack(Step.SUPPRESSED, at);
            case RESTORED -> one.comeBack(Step.REMOVED, at);
            case CHANGED, NOTED, TAKEN, HANDED, ACCEPTED -> {}
            case PREPARED, CONFIRMED, CANCELLED, EXPIRED -> {}
        }
    }

    private void raised(OneAlarm one, Instant at, Alarm alarm) {
        one.isOfPeriod = !at.isBefore(from);
        if (one.activeSince == null) {
            one.activeSince = at;
        }
        one.unacknowledgedSince = at;
        if (!one.isOfPeriod) {
            return;
        }
        raised++;
        newByMinute[minute(at)]++;
        one.raises.add(at);
        int earlier = one.raises.size() - CHATTERING_TIMES;
        if (earlier >= 0 && !one.raises.get(earlier).isBefore(at.minus(MINUTE))) {
            one.chattered++;
        }
        Alarm.Measure measure = alarm.measure();
        if (measure != null) {
            bySeverity.merge(measure.severity(), 1, Integer::sum);
        }
    }

    private void cleared(OneAlarm one, Instant at) {
        Instant since = one.activeSince;
        boolean isFleeting =
                since != null && one.isOfPeriod && one.unacknowledgedSince != null && !at.isAfter(since.plus(MINUTE));
        if (isFleeting) {
            one.fleeting++;
            fleeting++;
        }
        one.activeSince = null;
    }

    private void acknowledged(OneAlarm one, Instant at) {
        Instant since = one.unacknowledgedSince;
        if (since != null && one.isOfPeriod) {
            secondsToAcknowledge.add(Duration.between(since, at).toSeconds());
        }
        one.unacknowledgedSince = null;
    }

    /** Writes it; what has no denominator is absent. */
    void write(ObjectNode node) {
        alarms.values().forEach(one -> one.passTo(to));
        double minutes = Math.max(1, Duration.between(from, to).toMinutes());
        node.put("raised", raised);
        node.put("perTenMinutes", rounded(raised / minutes * WINDOW_MINUTES));
        node.put("perHour", rounded(raised / minutes * Duration.ofHours(1).toMinutes()));
        node.put("perDay", rounded(raised / minutes * Duration.ofDays(1).toMinutes()));
        writeFloods(node, minutes);
        ObjectNode severities = node.putObject("bySeverity");
        bySeverity.forEach((severity, number) -> severities.put(Integer.toString(severity), number));
        writeTop(node);
        writeEach(node.putArray("chattering"), one -> one.chattered);
        node.put("fleetingTimes", fleeting);
        writeEach(node.putArray("fleeting"), one -> one.fleeting);
        List<OneAlarm> standing =
                alarms.values().stream().filter(one -> one.activeSince != null).toList();
        node.put("standing", standing.size());
        node.put(
                "stale",
                standing.stream()
                        .filter(one -> one.activeSince != null && one.activeSince.isBefore(to.minus(STALE)))
                        .count());
        node.put(
                "unacknowledged",
                alarms.values().stream()
                        .filter(one -> one.unacknowledgedSince != null && one.aside == null)
                        .count());
        node.put("escalations", escalations);
        writeAcknowledged(node.putObject("toAcknowledge"));
    }

    private void writeFloods(ObjectNode node, double minutes) {
        int now = 0;
        int peak = 0;
        int floods = 0;
        int flooded = 0;
        boolean isFlood = false;
        for (int minute = 0; minute < newByMinute.length; minute++) {
            now += newByMinute[minute] - (minute < WINDOW_MINUTES ? 0 : newByMinute[minute - WINDOW_MINUTES]);
            peak = Math.max(peak, now);
            boolean begins = !isFlood && now > FLOOD_ABOVE;
            isFlood = begins || (isFlood && now >= FLOOD_ENDS_BELOW);
            floods += begins ? 1 : 0;
            flooded += isFlood ? 1 : 0;
        }
        node.put("peakTenMinutes", peak).put("floods", floods).put("floodShare", rounded(flooded / minutes));
    }

    private void writeTop(ObjectNode node) {
        ArrayNode top = node.putArray("top");
        List<OneAlarm> most = alarms.values().stream()
                .filter(one -> !one.raises.isEmpty())
                .sorted(Comparator.comparingInt((OneAlarm one) -> -one.raises.size())
                        .thenComparing(one -> one.rule)
                        .thenComparing(one -> one.source))
                .limit(TOP)
                .toList();
        most.forEach(one -> entry(top, one, one.raises.size()));
        DossierReport.rate(
                node,
                "topShare",
                most.stream().mapToInt(one -> one.raises.size()).sum(),
                raised);
    }

    /** How often something happened to an alarm. */
    @FunctionalInterface
    private interface Times {
        int of(OneAlarm one);
    }

    private void writeEach(ArrayNode list, Times times) {
        alarms.values().stream()
                .filter(one -> times.of(one) > 0)
                .sorted(Comparator.comparingInt((OneAlarm one) -> -times.of(one))
                        .thenComparing(one -> one.rule)
                        .thenComparing(one -> one.source))
                .limit(TOP)
                .forEach(one -> entry(list, one, times.of(one)));
    }

    private static void entry(ArrayNode list, OneAlarm one, int times) {
        list.addObject().put("rule", one.rule).put("source", one.source).put("times", times);
    }

    private void writeAcknowledged(ObjectNode node) {
        List<Long> sorted = secondsToAcknowledge.stream().sorted().toList();
        node.put("n", sorted.size());
        if (!sorted.isEmpty()) {
            node.put("p50", rank(sorted, MEDIAN))
                    .put("p90", rank(sorted, PERCENT))
                    .put("longest", sorted.getLast());
        }
    }

    private static long rank(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + HUNDRED - 1) / HUNDRED - 1);
    }

    private int minute(Instant at) {
        return Math.toIntExact(Duration.between(from, at).toMinutes());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
