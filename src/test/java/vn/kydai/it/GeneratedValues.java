package vn.kydai.it;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The values of the grammar, as JSON: of each domain its ends, odd members, and what lies just beyond. */
final class GeneratedValues {
    static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "0.1",
            "1e-9",
            "1e12",
            "999999999999.99",
            "1.1400000000000001",
            "0.30000000000000004",
            "123456789.12345678",
            "1.00000000000000000000000",
            "0.000000001",
            "1E3",
            "37.2");
    static final List<String> NEGATIVE = List.of("-1", "-1e-9", "-1e12", "-0.5", "-273.15");
    static final List<String> NO_NUMBERS = List.of(
            "1e-100",
            "4.9e-324",
            "6.95e-310",
            "9.99e-10",
            "1.0000000001e12",
            "1e300",
            "1e999",
            "1e-2147483647",
            "-1e-10",
            "-1.0000001e12",
            "0.100000000000000005551",
            "\"1\"",
            "null",
            "true",
            "[]",
            "{}");

    static final List<String> SEQUENCES = List.of("0", "1", "1e3", "9007199254740991");
    static final List<String> NO_SEQUENCES = List.of("-1", "9007199254740992", "0.5", "\"1\"", "null");

    /** The first so many have at most 32 characters once they have the one spelling, the others up to 64. */
    static final int SHORT_NAMES = 16;

    static final List<String> NAMES = List.of(
            "\"Quầy 1\"",
            "\"Qua\\u0302\\u0300y 1\"",
            "\"Quầy\\u00a01\"",
            "\" Quầy  1 \"",
            "\"\\u200bQuầy 1\"",
            "\"Đất đai\"",
            "\"Ðất đai\"",
            "\"=1+1\"",
            "\"-1\"",
            "\"'x\"",
            "\"a,b;c\\\"d\"",
            "\"😀\"",
            "\"\\u0301\"",
            "\"null\"",
            '"' + "x".repeat(32) + '"',
            '"' + "𠀀".repeat(32) + '"',
            '"' + "x".repeat(64) + '"',
            '"' + "𠀀".repeat(64) + '"');
    static final List<String> NO_NAMES = List.of(
            "\"\"",
            "\"\\u200b\"",
            "\" \"",
            "\"a\\u0007\"",
            "\"\\u0000\"",
            "\"\\ue000\"",
            "\"\\uffff\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            '"' + "x".repeat(65) + '"',
            "null",
            "1",
            "[\"x\"]");

    static final List<String> NO_INSTANTS = List.of(
            "\"1969-12-31T23:59:59.999Z\"",
            "\"9999-12-31T23:59:59-07:00\"",
            "\"0000-01-01T00:00:00+07:00\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00+07:00\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-01-01T00:00:00\"",
            "\"2026-01-01\"",
            "\"now\"",
            "0",
            "null");

    static final List<String> NO_TIMES = List.of(
            "\"1969-12-31T23:59:59Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00+00:01\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-01-01T00:00:00\"",
            "\"\"",
            "1");

    static final List<String> PERIODS = List.of("\"1970\"", "\"2023-Q4\"", "\"2026-12\"", "\"2075\"", "\"2026-Q1\"");
    static final List<String> NO_PERIODS =
            List.of("\"1969\"", "\"0000\"", "\"9999-01\"", "\"2023-Q5\"", "\"2023-13\"", "\"2023-\"", "2023");

    static final List<String> IDS = List.of("", "-é", "-e\u0301", "=", "😀", ",\\\";", " ", "'", "x".repeat(240));
    static final List<String> NO_IDS = List.of("\\u0007", "\\u0000", "\\ud800", "x".repeat(257));

    /** Units each metric takes, and those that make a value a thousand times as large as it is written. */
    static final Map<String, List<String>> UNITS = Map.of(
            "water_level", List.of("m", "cm", "mm"),
            "rain", List.of("mm", "L/m2", "{tip}", "m"),
            "temperature", List.of("Cel", "°C", "[degF]", "K"),
            "pm25", List.of("ug/m3", "µg/m³", "μg/m³", "mg/m3"),
            "battery", List.of("V", "mV"),
            "humidity", List.of("%"));

    static final List<String> LARGER_UNITS = List.of("m", "mg/m3", "K");
    static final List<String> NO_UNITS = List.of("\"\\u2126\"", "\"kg\"", "\"\"", "\"a b\"", "\"\\u0000\"", "null");

    private GeneratedValues() {}

    /** Returns instants that data may name, up to the last one there is. */
    static List<String> instants(Instant now) {
        Instant last = now.atOffset(ZoneOffset.UTC).plusYears(50).toInstant();
        return List.of(
                "\"1970-01-01T00:00:00Z\"",
                "\"1970-01-01T07:00:00+07:00\"",
                "\"1975-06-12T15:30:00Z\"",
                "\"1975-06-12T16:30:00.001Z\"",
                "\"2000-02-29T23:59:59.999999999+14:00\"",
                "\"2026-11-25T09:00:00+07:00\"",
                "\"2026-11-20t02:00:00z\"",
                "\"2028-02-29T17:00:00-00:00\"",
                '"' + last.minusSeconds(1).toString() + '"');
    }

    /** Returns instants that data may not name, the first after the last one among them. */
    static List<String> noInstants(Instant now) {
        List<String> all = new ArrayList<>(NO_INSTANTS);
        all.add('"' + now.atOffset(ZoneOffset.UTC).plusYears(50).plusDays(3).toString() + '"');
        return all;
    }

    /** Returns times of events that are all over: both turns of the hour that came twice in 1975 among them. */
    static List<String> times() {
        return List.of(
                "\"1970-01-01T00:00:00Z\"",
                "\"1975-06-12T14:59:59.999999999Z\"",
                "\"1975-06-12T15:00:00Z\"",
                "\"1975-06-12T15:30:00Z\"",
                "\"1975-06-12T16:00:00Z\"",
                "\"1975-06-12T16:30:00Z\"",
                "\"1975-06-12T16:59:59.999Z\"",
                "\"1975-06-12T17:00:00Z\"",
                "\"2000-02-29T12:00:00+07:00\"",
                "\"2006-04-16T04:00:00Z\"",
                "\"2024-12-31T16:59:59.999999Z\"",
                "\"2024-12-31T17:00:00Z\"");
    }
}
