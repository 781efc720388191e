package vn.kydai.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("wall.tickMs", "wall.stallMs", "http.port");

    @Test
    void aSlipFindsTheNameMeant() {
        assertEquals(Optional.of("wall.tickMs"), Nearest.to("wall.tikMs", KNOWN));
        assertEquals(Optional.of("wall.tickMs"), Nearest.to("wall.ticksMs", KNOWN));
        assertEquals(Optional.of("http.port"), Nearest.to("http.prot", KNOWN));
        assertEquals(Optional.of("http.port"), Nearest.to("HTTP.Port", KNOWN));
    }

    @Test
    void anotherWordFindsNothing() {
        assertEquals(Optional.empty(), Nearest.to("database", KNOWN));
        assertEquals("", Nearest.hint("x", List.of()));
    }
}
