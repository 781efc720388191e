package vn.kydai.aggregate.air;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class AirIndexTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/aggregate/air/sub-indices.csv", useHeadersInDisplayName = true)
    void aSubIndexIsInterpolatedBetweenTheRows(Breakpoints column, double concentration, @Nullable Integer index) {
        OptionalInt expected = index == null ? OptionalInt.empty() : OptionalInt.of(index);
        assertEquals(expected, column.index(concentration));
    }

    @ParameterizedTest
    @CsvSource({"109.4999999, 110", "109.499999, 109", "109.5, 110", "0.49, 0"})
    void whatABinaryFractionLacksToAHalfIsNotTheLaws(double exact, int rounded) {
        assertEquals(rounded, Breakpoints.rounded(exact));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/aggregate/air/nowcasts.csv", useHeadersInDisplayName = true)
    void theNowCastWeighsTwelveHours(
            Pollutant pollutant, String hours, @Nullable Double nowcast, @Nullable Integer index) {
        double[] means = Arrays.stream(hours.split(" ", -1))
                .mapToDouble(hour -> hour.equals("-") ? Double.NaN : Double.parseDouble(hour))
                .toArray();
        if (nowcast == null || index == null) {
            assertTrue(NowCast.of(means).isEmpty());
            return;
        }
        double found = NowCast.of(means).orElseThrow();
        assertEquals(nowcast, found, 0.0006);
        assertEquals(OptionalInt.of(index), Breakpoints.hourly(pollutant).index(found));
    }

    @Test
    void theGreatestSubIndexIsTheIndex() {
        AirIndex index = AirIndex.hourly(Map.of(
                        Pollutant.PM25, 48.958,
                        Pollutant.PM10, 100.0,
                        Pollutant.O3, 180.0,
                        Pollutant.NO2, 50.0,
                        Pollutant.SO2, 50.0,
                        Pollutant.CO, 2_000.0))
                .orElseThrow();
        assertEquals(new AirIndex(98, Pollutant.PM25), index);
        assertEquals(1, index.level());
    }

    @Test
    void withoutDustThereIsNone() {
        assertEquals(Optional.empty(), AirIndex.hourly(Map.of(Pollutant.O3, 180.0, Pollutant.NO2, 50.0)));
        assertEquals(Optional.empty(), AirIndex.hourly(Map.of()));
    }

    @Test
    void ofEqualSubIndicesTheFinerDustIsDominant() {
        assertEquals(
                Optional.of(new AirIndex(50, Pollutant.PM25)),
                AirIndex.hourly(Map.of(Pollutant.CO, 10_000.0, Pollutant.PM10, 50.0, Pollutant.PM25, 25.0)));
        assertEquals(
                Optional.of(new AirIndex(100, Pollutant.O3)),
                AirIndex.hourly(Map.of(Pollutant.NO2, 200.0, Pollutant.O3, 200.0, Pollutant.PM10, 10.0)));
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0", "51, 1", "100, 1", "101, 2", "150, 2", "151, 3", "200, 3", "201, 4", "300, 4", "301, 5", "500, 5"
    })
    void theLevelsBeginWhereTheDecisionSays(int index, int level) {
        assertEquals(level, new AirIndex(index, Pollutant.PM25).level());
    }

    @Test
    void ozoneOfADayIsTheGreaterOfItsHourAndItsEightHours() {
        Map<Pollutant, Double> dust = Map.of(Pollutant.PM10, 10.0);
        Map<Pollutant, Double> hours = Map.of(Pollutant.O3, 120.0, Pollutant.SO2, 5.0);
        assertEquals(Optional.of(new AirIndex(75, Pollutant.O3)), AirIndex.daily(new AirIndex.Day(dust, hours, 110.0)));
        assertEquals(Optional.of(new AirIndex(38, Pollutant.O3)), AirIndex.daily(new AirIndex.Day(dust, hours, null)));
        Map<Pollutant, Double> worse = Map.of(Pollutant.O3, 450.0);
        assertEquals(
                Optional.of(new AirIndex(213, Pollutant.O3)), AirIndex.daily(new AirIndex.Day(dust, worse, 405.0)));
    }

    @Test
    void aDayWithoutDustHasNoIndex() {
        assertEquals(Optional.empty(), AirIndex.daily(new AirIndex.Day(Map.of(), Map.of(Pollutant.NO2, 50.0), null)));
    }
}
