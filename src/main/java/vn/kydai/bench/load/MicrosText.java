package vn.kydai.bench.load;

import java.time.Instant;

/** Writes moments as RFC 3339 with microseconds; keeps the last second, since a formatter costs more than an event. */
final class MicrosText {
    private static final int MICROS = 1_000_000;
    private static final int DIGITS = 6;

    private long second = Long.MIN_VALUE;
    private String beginning = "";

    String of(long epochMicros) {
        long wanted = Math.floorDiv(epochMicros, MICROS);
        if (wanted != second) {
            String whole = Instant.ofEpochSecond(wanted).toString();
            beginning = whole.substring(0, whole.length() - 1) + ".";
            second = wanted;
        }
        String micros = Integer.toString(MICROS + Math.floorMod(epochMicros, MICROS));
        return beginning + micros.substring(micros.length() - DIGITS) + "Z";
    }
}
