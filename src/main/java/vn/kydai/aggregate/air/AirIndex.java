package vn.kydai.aggregate.air;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * VN_AQI of a place: the greatest of its pollutants' sub-indices.
 *
 * @param index 0 to 500
 * @param dominant the pollutant it comes from
 */
public record AirIndex(int index, Pollutant dominant) {
    /** Where each level above tốt begins: trung bình, kém, xấu, rất xấu, nguy hại. */
    public static final List<Integer> LEVELS = List.of(51, 101, 151, 201, 301);

    /** Takes the greatest sub-index; empty without one of dust. */
    public static Optional<AirIndex> of(Map<Pollutant, Integer> subIndices) {
        AirIndex greatest = null;
        for (Map.Entry<Pollutant, Integer> entry : new TreeMap<>(subIndices).entrySet()) {
            if (greatest == null || entry.getValue() > greatest.index()) {
                greatest = new AirIndex(entry.getValue(), entry.getKey());
            }
        }
        boolean hasDust = subIndices.keySet().stream().anyMatch(Pollutant::isDust);
        return hasDust ? Optional.ofNullable(greatest) : Optional.empty();
    }

    /**
     * Works out an hour's index.
     *
     * @param concentrations of dust the NowCast, of the gases the hour's mean, µg/m³
     */
    public static Optional<AirIndex> hourly(Map<Pollutant, Double> concentrations) {
        Map<Pollutant, Integer> indices = new EnumMap<>(Pollutant.class);
        concentrations.forEach((pollutant, value) ->
                put(indices, pollutant, Breakpoints.hourly(pollutant).index(value)));
        return of(indices);
    }

    /**
     * Works out a day's index: of dust from the mean of its 24 hours, of the gases from its greatest hour, of ozone from
     * the greater of that and its greatest eight hours.
     */
    public static Optional<AirIndex> daily(Day day) {
        Map<Pollutant, Integer> indices = new EnumMap<>(Pollutant.class);
        day.dustMeans()
                .forEach((pollutant, mean) ->
                        put(indices, pollutant, Breakpoints.hourly(pollutant).index(mean)));
        day.greatestHours()
                .forEach((pollutant, hour) ->
                        put(indices, pollutant, Breakpoints.hourly(pollutant).index(hour)));
        if (day.ozoneEightHours() != null) {
            put(indices, Pollutant.O3, Breakpoints.O3_8H.index(day.ozoneEightHours()));
        }
        return of(indices);
    }

    /**
     * What a day's index is made of, µg/m³.
     *
     * @param dustMeans means of the day
     * @param greatestHours of each gas the greatest mean of an hour
     * @param ozoneEightHours the greatest mean of eight hours of ozone that end in the day
     */
    public record Day(
            Map<Pollutant, Double> dustMeans,
            Map<Pollutant, Double> greatestHours,
            @Nullable Double ozoneEightHours) {
        public Day {
            dustMeans = Map.copyOf(dustMeans);
            greatestHours = Map.copyOf(greatestHours);
        }
    }

    /** Returns its level: 0 tốt, 1 trung bình, 2 kém, 3 xấu, 4 rất xấu, 5 nguy hại. */
    public int level() {
        return (int) LEVELS.stream().filter(begin -> index >= begin).count();
    }

    private static void put(Map<Pollutant, Integer> indices, Pollutant pollutant, OptionalInt index) {
        if (index.isPresent()) {
            indices.merge(pollutant, index.getAsInt(), Math::max);
        }
    }
}
