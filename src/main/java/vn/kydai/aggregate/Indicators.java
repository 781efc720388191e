package vn.kydai.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Indicator;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture.Point;
import vn.kydai.event.Picture.Slow;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** The slow indicators: by area, indicator and period the newest by event time. */
final class Indicators implements Serializable {
    /** The district's list has some thirty; a runaway source must not fill every screen. The first ones told of stay. */
    static final int MAX_INDICATORS = 64;

    /** Ten years of months. The last ones stay. */
    static final int MAX_PERIODS = 120;

    /** By area, then indicator, then period. */
    private final Map<String, SortedMap<String, SortedMap<String, Stated>>> areas = new HashMap<>();

    private long version;

    private record Stated(Stamp stamp, Indicator indicator) implements Serializable {
        private Object writeReplace() {
            return new Saved(stamp, Json.text(DataJson.write(indicator, null)));
        }
    }

    /** Events are never serialized themselves: the JSON of the journal is. */
    private record Saved(Stamp stamp, String json) implements Serializable {
        private Object readResolve() throws JsonProcessingException {
            return new Stated(stamp, (Indicator) DataJson.read(Kind.INDICATOR, Json.stored(json)));
        }
    }

    /** Takes one; tells whether no bound keeps it, or an older period, from being shown. */
    boolean apply(Event event, Indicator indicator) {
        SortedMap<String, SortedMap<String, Stated>> ids = areas.computeIfAbsent(event.area(), key -> new TreeMap<>());
        if (ids.size() == MAX_INDICATORS && !ids.containsKey(indicator.indicator())) {
            return false;
        }
        SortedMap<String, Stated> periods = ids.computeIfAbsent(indicator.indicator(), key -> new TreeMap<>());
        Stated next = new Stated(Stamp.of(event), indicator);
        periods.merge(indicator.period(), next, (known, other) -> other.stamp().isAfter(known.stamp()) ? other : known);
        version++;
        if (periods.size() <= MAX_PERIODS) {
            return true;
        }
        periods.remove(periods.firstKey());
        return false;
    }

    /** Grows with every event. */
    long version() {
        return version;
    }

    /** Shows an area's own indicators, and those that follow from all of its leaves. */
    SortedMap<String, Slow> shown(String area, List<String> leaves) {
        SortedMap<String, Slow> shown = new TreeMap<>();
        of(area).forEach((id, periods) -> shown.put(id, slow(periods)));
        if (!leaves.equals(List.of(area))) {
            for (String id : of(leaves.get(0)).keySet()) {
                SortedMap<String, Indicator> derived = shown.containsKey(id) ? new TreeMap<>() : derived(id, leaves);
                if (!derived.isEmpty()) {
                    shown.put(id, shown(derived));
                }
            }
        }
        return Collections.unmodifiableSortedMap(shown);
    }

    private SortedMap<String, SortedMap<String, Stated>> of(String area) {
        return areas.getOrDefault(area, new TreeMap<>());
    }

    private static Slow slow(SortedMap<String, Stated> periods) {
        SortedMap<String, Indicator> stated = new TreeMap<>();
        periods.forEach((period, newest) -> stated.put(period, newest.indicator()));
        return shown(stated);
    }

    private static Slow shown(SortedMap<String, Indicator> periods) {
        SortedMap<String, Point> history = new TreeMap<>();
        periods.forEach((period, indicator) -> history.put(period, new Point(indicator.value(), indicator.standard())));
        Indicator current = Objects.requireNonNull(periods.get(periods.lastKey()));
        return new Slow(
                current.value(),
                current.unit(),
                current.period(),
                current.standard(),
                current.target(),
                Collections.unmodifiableSortedMap(history));
    }

    /** Rates are not additive: only counts behind them are, and only when every leaf gives both. */
    private SortedMap<String, Indicator> derived(String id, List<String> leaves) {
        Set<String> periods = new TreeSet<>(periods(leaves.get(0), id).keySet());
        leaves.forEach(leaf -> periods.retainAll(periods(leaf, id).keySet()));
        SortedMap<String, Indicator> derived = new TreeMap<>();
        for (String period : periods) {
            List<Indicator> parts = leaves.stream()
                    .map(leaf -> Objects.requireNonNull(periods(leaf, id).get(period))
                            .indicator())
                    .toList();
            Indicator sum = sum(parts);
            if (sum != null) {
                derived.put(period, sum);
            }
        }
        return derived;
    }

    private SortedMap<String, Stated> periods(String area, String id) {
        return of(area).getOrDefault(id, new TreeMap<>());
    }

    /** In decimals: no order of the leaves gives another last digit. */
    private static @Nullable Indicator sum(List<Indicator> parts) {
        BigDecimal numerator = BigDecimal.ZERO;
        BigDecimal denominator = BigDecimal.ZERO;
        Indicator first = parts.get(0);
        String standard = first.standard();
        for (Indicator part : parts) {
            if (part.numerator() == null
                    || part.denominator() == null
                    || !part.unit().equals(first.unit())) {
                return null;
            }
            numerator = numerator.add(BigDecimal.valueOf(part.numerator()));
            denominator = denominator.add(BigDecimal.valueOf(part.denominator()));
            standard = Objects.equals(standard, part.standard()) ? standard : null;
        }
        if (denominator.signum() == 0) {
            return null;
        }
        return new Indicator(
                first.indicator(),
                first.period(),
                numerator.doubleValue() / denominator.doubleValue(),
                first.unit(),
                standard,
                numerator.doubleValue(),
                denominator.doubleValue(),
                null);
    }
}
