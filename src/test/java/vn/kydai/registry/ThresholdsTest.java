package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.refusal;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    private static final Thresholds THRESHOLDS = CONFIG.registry().thresholds();

    @ParameterizedTest
    @CsvSource({
        "water_level, 3.11, m, 3.11",
        "water_level, 57, cm, 0.57",
        "water_level, 3110, mm, 3.11",
        "pm25, 27.4, µg/m³, 27.4",
        "pm25, 27.4, ug/m3, 27.4",
        "pm25, 0.0274, mg/m3, 27.4",
        "temperature, 31.2, °C, 31.2",
        "temperature, 31.2, Cel, 31.2",
        "temperature, 77, [degF], 25",
        "temperature, -40, °F, -40",
        "temperature, 298.15, K, 25",
        "salinity, 1200, mg/L, 1.2",
        "no2, 20, [ppb], 37.64",
        "vehicles, 498, /h, 498"
    })
    void aValueIsConvertedToTheMetricsUnitInDecimal(String metric, double value, String unit, double converted) {
        assertEquals(
                Optional.of(converted), THRESHOLDS.metric(metric).orElseThrow().convert(value, unit));
    }

    @Test
    void aUnitTheMetricDoesNotTakeConvertsToNothing() {
        assertEquals(
                Optional.empty(), THRESHOLDS.metric("temperature").orElseThrow().convert(90, "degF"));
        assertEquals(
                Optional.empty(), THRESHOLDS.metric("water_level").orElseThrow().convert(1, "M"));
    }

    @Test
    void everyMetricOfTheFieldIsKnown() {
        assertEquals(
                List.of(
                        "battery",
                        "co",
                        "conductivity",
                        "humidity",
                        "no2",
                        "o3",
                        "pm10",
                        "pm25",
                        "rain",
                        "risk_level",
                        "salinity",
                        "signal",
                        "siren",
                        "so2",
                        "temperature",
                        "vehicles",
                        "water_level",
                        "wind"),
                THRESHOLDS.metricIds());
        assertTrue(THRESHOLDS.metric("turbidity").isEmpty());
    }

    @Test
    void theTargetOfALevelGoesBeforeTheGeneralOne() {
        assertEquals(
                10,
                THRESHOLDS
                        .target("overdueNow", "19867", "district")
                        .orElseThrow()
                        .max());
        assertEquals(
                2,
                THRESHOLDS
                        .target("overdueNow", "19867", "commune")
                        .orElseThrow()
                        .max());
        assertTrue(THRESHOLDS.target("overdueNow", "19867", "province").isEmpty());
        assertEquals(
                0.95,
                THRESHOLDS
                        .target("onTimeRate", "19867", "commune")
                        .orElseThrow()
                        .min());
        assertEquals(
                0.9,
                THRESHOLDS
                        .target("onTimeRate", "19867", "commune")
                        .orElseThrow()
                        .badBeyond());
        assertEquals(
                900,
                THRESHOLDS.target("waitMean", "19867", "region").orElseThrow().max());
    }

    @Test
    void theTargetOfAnAreaGoesBeforeItsLevels() {
        Thresholds thresholds = Thresholds.of(PartFixtures.json("""
                {'metrics': {}, 'targets': [
                  {'figure': 'paused', 'max': 1}, {'figure': 'paused', 'level': 'commune', 'max': 2},
                  {'figure': 'paused', 'area': '19867', 'max': 3}]}"""));
        assertEquals(
                3, thresholds.target("paused", "19867", "commune").orElseThrow().max());
        assertEquals(
                2, thresholds.target("paused", "19870", "commune").orElseThrow().max());
        assertEquals(
                1, thresholds.target("paused", "477", "region").orElseThrow().max());
    }

    @Test
    void whatIsPlausibleIsReadAndADevicesOwnLimitsGoFirst() {
        Thresholds.Metric level = THRESHOLDS.metric("water_level").orElseThrow();
        assertEquals(0.5, level.plausible().maxStep());
        assertEquals(new Thresholds.Alerting(0.05, 600, true), level.alerting());
        Plausibility own = new Plausibility(null, 7.5, null, null, 0);
        assertEquals(new Plausibility(-5.0, 7.5, 0.5, null, 0), own.or(level.plausible()));
        assertTrue(own.or(level.plausible()).stuckAfter().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'targets': []}|: metrics is missing",
                "{'metrics': {'Rain': {'unit': 'mm', 'resolution': 1, 'cadenceSeconds': 1}}}|/metrics/Rain: found the id Rain; allowed: the pattern [a-z][a-z0-9_]{0,63}",
                "{'metrics': {'rain': {'unit': 'mm', 'resolution': 0, 'cadenceSeconds': 1}}}|/metrics/rain/resolution: found 0; allowed: a number from 1.0E-12 to 1.0E12",
                "{'metrics': {'rain': {'unit': 'mm', 'min': 5, 'max': 1, 'resolution': 1, 'cadenceSeconds': 1}}}|/metrics/rain/max: found 1; allowed: a number from 5.0 to 1.0E12",
                "{'metrics': {'rain': {'unit': 'mm', 'units': {'m/3': '1'}, 'resolution': 1, 'cadenceSeconds': 1}}}|/metrics/rain/units/m~13: found \"1\"; allowed: a number from 1.0E-12 to 1.0E12",
                "{'metrics': {'t': {'unit': 'Cel', 'units': {'K': {'factor': 1}}, 'resolution': 1, 'cadenceSeconds': 1}}}|/metrics/t/units/K: zero is missing",
                "{'metrics': {'rain': {'unit': 'mm', 'stuckAfterSeconds': 43201, 'resolution': 1, 'cadenceSeconds': 1}}}|/metrics/rain/stuckAfterSeconds: found 43201; allowed: a whole number from 0 to 43200",
                "{'metrics': {}, 'targets': [{'figure': 'paused', 'area': '1', 'level': 'commune', 'max': 1}]}|/targets/0: found both area and level; allowed: one of them, or neither",
                "{'metrics': {}, 'targets': [{'figure': 'waitMean'}]}|/targets/0: found both or neither of min and max; allowed: one of them",
                "{'metrics': {}, 'targets': [{'figure': 'waitMin', 'max': 1}]}|/targets/0/figure: found \"waitMin\"; allowed: received, carried, processing, overdueNow, dueSoon, paused, done, closedOther, onTimeRate, onTimeRate766, onlineShare, fullOnlineShare, digitisedShare, onlinePaymentShare, waiting, waitOldest, waitMean, waitMeanHour, waitP90, waitP90Day, serviceMean, serviceP90, noShowRate, abandonedRate, ratings, satisfaction (nearest known: waitMean)",
                "{'metrics': {}, 'targets': [{'figure': 'onTimeRate', 'min': 0.9, 'badBeyond': 0.95}]}|/targets/0/badBeyond: found 0.95; allowed: a number from 0.0 to 0.9",
                "{'metrics': {}, 'targets': [{'figure': 'paused', 'max': 1}, {'figure': 'paused', 'max': 2}]}|/targets/1/level: found paused for all levels a second time; allowed: each once"
            })
    void whatIsWrongIsNamedByItsPointer(String part, String refusal) {
        assertEquals(refusal, refusal(Thresholds::of, part));
    }
}
