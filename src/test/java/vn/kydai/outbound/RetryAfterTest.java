package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a receiver asks to be left alone. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00.250Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "0 | PT0S",
                "3601 | PT1H",
                "99999999999999999999999 | PT1H",
                "Wed, 25 Nov 2026 02:00:30 GMT | PT30S",
                "Wed, 25 Nov 2026 09:00:30 GMT | PT1H",
                "Wednesday, 25-Nov-26 02:00:30 GMT | PT30S",
                "Wed Nov 25 02:00:30 2026 | PT30S",
                "Wed, 25 Nov 2026 01:00:00 GMT | PT0S",
                "-5 | ",
                "soon | ",
                "2026-11-25T02:00:30Z | "
            })
    void secondsAndDatesAreHeededForAtMostAnHour(String said, @Nullable Duration wait) {
        assertEquals(wait, WebhookTransport.asked(said, NOW));
    }
}
