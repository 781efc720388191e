package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
    private static final Instant NINE = Instant.parse("2026-11-25T02:00:00Z");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void remembersTokensAndProgressOfASeed() {
        // Given
        DemoFiles files = new DemoFiles(directory.resolve("data"));
        assertEquals(Map.of(), files.tokens());
        assertEquals(Optional.empty(), files.sentUntil(477, NINE));

        // When
        files.keepTokens(Map.of("desk-1", "kyd_x"));
        files.keepSentUntil(477, NINE);

        // Then
        assertEquals(Map.of("desk-1", "kyd_x"), files.tokens());
        assertEquals(Optional.of(NINE), files.sentUntil(477, NINE.plusSeconds(1)));
        assertEquals(Optional.of(NINE), files.reached(), "whatever the seed");
        assertEquals(Optional.empty(), files.sentUntil(478, NINE.plusSeconds(1)));
        assertEquals(Optional.empty(), files.sentUntil(477, NINE.minusSeconds(1)), "the clock was set back");
    }

    @Test
    void namesAFileThatIsNoTokens() throws Exception {
        Path file = Files.writeString(directory.resolve("tokens.json"), "{");

        Refusal refusal = assertThrows(Refusal.class, () -> DemoFiles.readTokens(file));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith(file.toString()));
    }

    @Test
    void aSimulatedClockStandsUntilItIsToldToRun() {
        Instant[] real = {Instant.parse("2026-11-24T10:00:00Z")};
        SimulatedClock clock = new SimulatedClock(() -> real[0], NINE, 60);
        real[0] = real[0].plusSeconds(20);
        assertEquals(NINE, clock.instant());

        clock.run();

        real[0] = real[0].plusSeconds(2);
        assertEquals(NINE.plusSeconds(120), clock.instant());
    }

    @Test
    void aTableIsAligned() {
        Table table = new Table(List.of("id", "kind"));
        table.add(List.of("desk-19867", "desk"));

        assertEquals("id          kind\ndesk-19867  desk\n", table.toString());
    }
}
