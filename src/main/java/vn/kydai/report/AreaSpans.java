package vn.kydai.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Areas.Makeup;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.SeriesTable.Span;

/** Whose rollups an area's figures are made of, and while when. */
final class AreaSpans {
    private AreaSpans() {}

    /**
     * Which units an area has when, leaves and others: they change only where some area begins or ends, or gets another
     * parent. Before an area was there, those of the units it took over on its first day are its own. What a unit received before it was
     * taken over ends in its own buckets, however late, so all of these are its successor's; those of a unit that a region
     * still lists only until it was taken over, since what comes later is the region's. What any other unit has in hand comes and
     * goes with it.
     *
     * @param to exclusive
     */
    static List<Span> of(Areas areas, String top, LocalDate from, LocalDate to) {
        Map<String, List<Span>> byUnit = unitSpans(areas, top, from, to);
        LocalDate last = to.minusDays(1);
        Makeup makeup = areas.lastMakeup(top, last);
        Set<String> takenOver = new TreeSet<>(makeup.takenOver());
        areas.inner(top, areas.lastDay(top, last)).stream()
                .filter(unit ->
                        areas.find(unit).filter(area -> area.isValidOn(last)).isEmpty() && !areas.isMember(unit))
                .forEach(takenOver::add);
        takenOver.forEach(before -> byUnit.put(before, List.of(new Span(before, start(from), start(to)))));
        makeup.inherited().forEach((before, until) -> {
            LocalDate end = until.isBefore(to) ? until : to;
            if (end.isAfter(from)) {
                byUnit.put(before, List.of(new Span(before, start(from), start(end))));
            }
        });
        return byUnit.values().stream().flatMap(List::stream).toList();
    }

    private static Map<String, List<Span>> unitSpans(Areas areas, String top, LocalDate from, LocalDate to) {
        TreeSet<LocalDate> changes = new TreeSet<>(areas.changes().tailSet(from));
        changes.removeIf(date -> !date.isBefore(to));
        changes.add(from);
        Map<String, List<Span>> byUnit = new LinkedHashMap<>();
        for (LocalDate change : changes) {
            LocalDate next = changes.higher(change);
            for (String unit : areas.units(top, change)) {
                extend(
                        byUnit.computeIfAbsent(unit, key -> new ArrayList<>()),
                        new Span(unit, start(change), start(next == null ? to : next), true));
            }
        }
        return byUnit;
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(WorkingCalendar.ZONE).toInstant();
    }

    private static void extend(List<Span> spans, Span next) {
        if (!spans.isEmpty() && spans.getLast().to().equals(next.from())) {
            Span before = spans.removeLast();
            spans.add(new Span(next.area(), before.from(), next.to(), true));
        } else {
            spans.add(next);
        }
    }
}
