package vn.kydai.event.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Alarm;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Indicator;
import vn.kydai.event.Reading;

/** What an earlier build admitted is in journals: reading has no limit that writing had not. */
class StoredValuesTest {
    private static final int VALUES = 20_000;
    private static final double[] EXTREMES = {
        0,
        1,
        -1,
        0.1,
        1e-100,
        -1e-100,
        6.95e-310,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e12,
        1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        9_007_199_254_740_993.0,
        1.1400000000000001,
        5e-324,
        1e-9,
        Math.nextUp(1.0)
    };

    @Test
    void everyNumberIsReadAsItWasWritten() throws Exception {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the stored numbers: " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < VALUES; n++) {
            double value = n < EXTREMES.length ? EXTREMES[n] : finite(random);
            Reading reading = new Reading("rain", value, "mm", null);
            Indicator indicator = new Indicator("poverty", "2026", value, "1", null, value, 0 - value, value / 3);
            Alarm.Measure measure = new Alarm.Measure(1, 1, "rain", value, value, "mm");
            Alarm alarm = new Alarm("flood", "wl-1/rain", 1, Alarm.Step.RAISED, measure, null, null, null);
            for (Data data : new Data[] {reading, indicator, alarm}) {
                assertEquals(data, afterJsonb(data), () -> seed + ": " + data);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T06:59:59Z",
                "-0001-12-31T17:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "-10000-01-01T00:00:00Z",
                "+100000-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z"
            })
    void everyInstantIsReadAsItWasWritten(Instant instant) throws Exception {
        Dossier dossier = new Dossier(
                "H57.01.02-261130-0001",
                "1.013227",
                DossierStatus.RECEIVED,
                Dossier.Channel.COUNTER,
                null,
                instant,
                instant,
                instant,
                instant,
                null,
                null,
                null,
                null,
                1e-100);
        assertEquals(dossier, afterJsonb(dossier));
    }

    private static double finite(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextDouble();
    }

    /** As PostgreSQL gives it back: jsonb keeps every digit of a number and writes it without an exponent. */
    private static Data afterJsonb(Data data) throws JsonProcessingException {
        ObjectNode written = DataJson.write(data, null);
        return DataJson.read(data.kind(), Json.stored(plain(Json.stored(Json.text(written)))));
    }

    private static String plain(JsonNode node) {
        StringBuilder text = new StringBuilder("{");
        node.properties()
                .forEach(field -> text.append(text.length() > 1 ? "," : "")
                        .append('"')
                        .append(field.getKey())
                        .append("\":")
                        .append(
                                field.getValue().isNumber()
                                        ? field.getValue().decimalValue().toPlainString()
                                        : field.getValue().toString()));
        return text.append('}').toString();
    }
}
