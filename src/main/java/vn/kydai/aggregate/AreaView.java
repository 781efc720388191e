package vn.kydai.aggregate;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.aggregate.Quarters.Line;
import vn.kydai.event.Figure;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Slow;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar.Opening;

/**
 * One area of the tree: adds up its leaves, the offices above them, and what these took over, and only what changed since
 * the last picture.
 */
final class AreaView {
    private final Areas.Area area;
    private final List<String> children;
    private final List<String> leafIds;

    /** Ids of all that is counted. */
    private final Set<String> unitIds;

    private final List<AreaCounters> counted;
    private final EarlierDays earlier;

    private @Nullable Phase phase;
    private @Nullable Opening opening;
    private @Nullable Thresholds thresholds;
    private long version = -1;
    private long countsVersion = -1;
    private long quartersVersion = -1;
    private long indicatorsVersion = -1;

    private SortedMap<String, Figure> figures = Collections.emptySortedMap();
    private SortedMap<String, Figure> own = Collections.emptySortedMap();
    private SortedMap<String, SortedMap<Long, Double>> trends = Collections.emptySortedMap();

    /** Of eight weeks, so worked out anew only when one of their days changes. */
    private SortedMap<String, SortedMap<Long, Double>> bands = Collections.emptySortedMap();

    private SortedMap<String, Slow> indicators = Collections.emptySortedMap();
    private Picture.@Nullable Area shown;

    /**
     * What an area is made of.
     *
     * @param children ids of the direct children
     * @param inner ids of the units of the subtree that are no leaves, and of those they took over
     */
    record Units(List<String> children, Areas.Makeup makeup, SortedSet<String> inner) {}

    AreaView(Areas.Area area, Units units, AreaCountersById counters) {
        Areas.Makeup makeup = units.makeup();
        this.area = area;
        this.children = List.copyOf(units.children());
        this.leafIds = makeup.leaves();
        this.unitIds = Stream.of(leafIds.stream(), makeup.takenOver().stream(), units.inner().stream())
                .flatMap(ids -> ids)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        this.counted = Stream.concat(
                        unitIds.stream().map(counters::get),
                        makeup.inherited().keySet().stream().map(counters::inherited))
                .toList();
        this.earlier = new EarlierDays(counted);
    }

    /** Shows it at a moment; the same instance as long as nothing of it changes. */
    Picture.Area shown(Moment moment, Thresholds known, Indicators slow) {
        long now = sum(counted, AreaCounters::version);
        boolean isSamePhase = moment.phase().equals(phase);
        Picture.Area before = shown;
        if (before != null
                && now == version
                && slow.version() == indicatorsVersion
                && isSamePhase
                && Same.instance(known, thresholds)
                && moment.opening(area.id()).equals(opening)) {
            return before;
        }
        boolean isSameTarget = Same.instance(known, thresholds);
        boolean isSameBefore = !earlier.moveTo(moment.phase().day());
        if (!isSameBefore) {
            bands = bands();
        }
        updateFigures(moment.phase(), known, isSamePhase && isSameTarget && isSameBefore);
        updateTrends(moment.phase(), isSamePhase && isSameBefore);
        updateIndicators(slow);
        version = now;
        phase = moment.phase();
        Opening at = moment.opening(area.id());
        opening = at;
        thresholds = known;
        Picture.Area next = Same.or(before, area(at));
        shown = next;
        return next;
    }

    private void updateFigures(Phase at, Thresholds known, boolean isSameOtherwise) {
        long counts = sum(counted, AreaCounters::countsVersion);
        if (isSameOtherwise && counts == countsVersion) {
            return;
        }
        countsVersion = counts;
        Tally tally = counted.size() == 1
                ? counted.get(0).tally(at)
                : Tally.of(counted.stream().map(unit -> unit.tally(at)).toList());
        FigureTable.Compared compared = new FigureTable.Compared(earlier, at.quarter());
        figures = Same.or(figures, FigureTable.of(tally, area, known, compared));
        Tally settled = tally.without(receivedIn -> !unitIds.contains(receivedIn));
        own = Same.instance(settled, tally)
                ? Collections.emptySortedMap()
                : Same.or(own, FigureTable.of(settled, area, known, compared));
    }

    private void updateTrends(Phase at, boolean isSameOtherwise) {
        long quarters = sum(counted, AreaCounters::quartersVersion);
        if (isSameOtherwise && quarters == quartersVersion) {
            return;
        }
        quartersVersion = quarters;
        SortedMap<String, SortedMap<Long, Double>> drawn = new TreeMap<>(TrendTable.of(counted, at));
        drawn.putAll(bands);
        SortedMap<String, SortedMap<Long, Double>> next = new TreeMap<>();
        drawn.forEach((id, points) -> next.put(id, Same.or(trends.get(id), points)));
        trends = Same.or(trends, Collections.unmodifiableSortedMap(next));
    }

    private SortedMap<String, SortedMap<Long, Double>> bands() {
        SortedMap<String, SortedMap<Long, Double>> usual = earlier.band("received15m", Line.RECEIVED);
        usual.putAll(earlier.band("done15m", Line.DONE));
        return usual;
    }

    private void updateIndicators(Indicators slow) {
        if (slow.version() != indicatorsVersion) {
            indicatorsVersion = slow.version();
            indicators = Same.or(indicators, slow.shown(area.id(), leafIds));
        }
    }

    private Picture.Area area(Opening at) {
        return new Picture.Area(
                area.id(),
                area.code(),
                area.name(),
                area.nameEn(),
                area.level(),
                children,
                leafIds,
                at.isOpen(),
                at.why(),
                at.holiday(),
                at.isExpected(),
                at.opensAt(),
                figures,
                trends,
                indicators,
                sum(counted, AreaCounters::sourcesTotal),
                sum(counted, AreaCounters::sourcesSilent),
                null,
                newest(AreaCounters::newestIngest),
                newest(AreaCounters::lateUntil),
                own);
    }

    private @Nullable Instant newest(Function<AreaCounters, @Nullable Instant> instant) {
        return counted.stream()
                .map(instant)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static long sum(List<AreaCounters> counters, ToLongFunction<AreaCounters> number) {
        long sum = 0;
        for (AreaCounters each : counters) {
            sum += number.applyAsLong(each);
        }
        return sum;
    }
}
