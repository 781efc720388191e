package vn.kydai.event.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {
    private static final int TEXTS = 200_000;
    private static final String ALPHABET = "0123456789-+:.TtZz ,/_";
    private static final Pattern FORM = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T15:00:00+07:00, 2026-11-24T08:00:00Z",
        "2026-11-24t08:00:00z, 2026-11-24T08:00:00Z",
        "2026-11-24T08:00:00-00:00, 2026-11-24T08:00:00Z",
        "2026-11-24T08:00:00.123456789Z, 2026-11-24T08:00:00.123456789Z",
    })
    void readsWhatTheRfcAllows(String text, Instant time) {
        assertEquals(time, Rfc3339.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24 08:00:00Z, is not an RFC 3339 time with an offset",
        "2026-11-24T08:00:00, is not an RFC 3339 time with an offset",
        "2026-11-24T08:00Z, is not an RFC 3339 time with an offset",
        "2026-11-24T08:00:00.1234567890Z, is not an RFC 3339 time with an offset",
        "'', is not an RFC 3339 time with an offset",
        "2026-02-30T08:00:00Z, does not exist",
        "2026-11-24T25:00:00Z, does not exist",
        "2016-12-31T23:59:60Z, does not exist",
    })
    void saysWhyItDoesNotReadAText(String text, String why) {
        assertEquals(
                why,
                assertThrows(DateTimeException.class, () -> Rfc3339.parse(text)).getMessage());
    }

    @Test
    void takesAndRefusesTheSameTextsAsJavasOwnParserBehindThePattern() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < TEXTS; n++) {
            String text = text(random);
            assertEquals(reference(text), read(text), () -> text);
        }
    }

    private static Optional<Instant> read(String text) {
        try {
            return Optional.of(Rfc3339.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> reference(String text) {
        try {
            return FORM.matcher(text).matches()
                    ? Optional.of(OffsetDateTime.parse(text).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time, most of them with a few characters changed, added or taken away. */
    private static String text(Random random) {
        Instant time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
        StringBuilder text = new StringBuilder(time.toString());
        if (random.nextBoolean()) {
            text.setLength(text.length() - 1);
            text.append(
                    "%c%02d:%02d".formatted(random.nextBoolean() ? '+' : '-', random.nextInt(20), random.nextInt(70)));
        }
        for (int change = random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(text.length());
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, other);
                case 1 -> text.insert(at, other);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
