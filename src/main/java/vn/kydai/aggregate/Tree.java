package vn.kydai.aggregate;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Thresholds;

/** The area tree as it is on the date of a picture: what the law knows, and whatever a shown region lists. */
final class Tree {
    private final AreaCountersById counters;
    private Areas areas = Areas.NONE;
    private @Nullable LocalDate date;
    private Map<String, AreaView> views = Map.of();
    private SortedMap<String, Picture.Area> shown = Collections.emptySortedMap();

    Tree(AreaCountersById counters) {
        this.counters = counters;
    }

    SortedMap<String, Picture.Area> shown(Moment moment, Areas known, Thresholds thresholds, Indicators indicators) {
        LocalDate today = LocalDate.ofEpochDay(moment.phase().day());
        if (!Same.instance(known, areas) || !today.equals(date)) {
            views = views(known, today);
            areas = known;
            date = today;
        }
        TreeMap<String, Picture.Area> next = new TreeMap<>();
        boolean isSame = views.size() == shown.size();
        for (Map.Entry<String, AreaView> entry : views.entrySet()) {
            Picture.Area area = entry.getValue().shown(moment, thresholds, indicators);
            isSame &= Same.instance(area, shown.get(entry.getKey()));
            next.put(entry.getKey(), area);
        }
        if (!isSame) {
            shown = Collections.unmodifiableSortedMap(next);
        }
        return shown;
    }

    private Map<String, AreaView> views(Areas known, LocalDate today) {
        Map<String, AreaView> next = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        known.all().stream()
                .filter(area -> area.isValidOn(today))
                .map(Areas.Area::id)
                .forEach(open::add);
        while (!open.isEmpty()) {
            String id = open.remove();
            Areas.Area area = known.find(id).orElse(null);
            if (area != null && !next.containsKey(id)) {
                AreaView.Units units =
                        new AreaView.Units(known.children(id, today), known.makeup(id, today), known.inner(id, today));
                next.put(id, new AreaView(area, units, counters));
                open.addAll(known.children(id, today));
            }
        }
        return next;
    }
}
