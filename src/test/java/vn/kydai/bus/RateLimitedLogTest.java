package vn.kydai.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    @Test
    void theFirstPassesAndTheNextMinutesTellsHowManyWereLeftOut() {
        RateLimitedLog limit = new RateLimitedLog();

        assertEquals(OptionalLong.of(0), limit.pass("wl-phu-oc", NOW));
        assertEquals(OptionalLong.empty(), limit.pass("wl-phu-oc", NOW.plusSeconds(1)));
        assertEquals(OptionalLong.empty(), limit.pass("wl-phu-oc", NOW.plusSeconds(59)));
        assertEquals(OptionalLong.of(0), limit.pass("wl-kim-long", NOW.plusSeconds(59)));
        assertEquals(OptionalLong.of(2), limit.pass("wl-phu-oc", NOW.plusSeconds(60)));
    }
}
