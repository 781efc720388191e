package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Event;
import vn.kydai.event.Reading;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.simulate.Siren.Blast;

/** The demo's siren hears what a real one would. */
class SirenTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final String ORDER = """
            {"type":"order","order":"o-1","signal":"flood2","blasts":2,"seconds":10,"gap":10,"repeats":2,"area":"477",
             "issued":"2026-11-25T01:59:59.000Z","expires":"2026-11-25T02:04:59.000Z"}""";

    private final Siren siren = new Siren(new Source(
            "siren-1",
            SourceKind.SENSOR,
            null,
            List.of(new Registration("19867", null)),
            null,
            null,
            List.of(),
            false));

    @Test
    void itSoundsAndAnswersEachBlast() {
        List<Blast> blasts = heard(ORDER, NOW);

        assertEquals(
                List.of(new Blast("o-1", Duration.ofSeconds(10), 1), new Blast("o-1", Duration.ofSeconds(30), 2)),
                blasts);
        assertEquals(
                Optional.of(new Event(
                        "o-1/2",
                        "siren-1",
                        "19867",
                        NOW.plusSeconds(30),
                        false,
                        null,
                        new Reading("siren", 2, "1", null))),
                siren.answer(blasts.get(1), NOW.plusSeconds(30)));
    }

    @Test
    void aRepeatedOrderIsNotSoundedAgain() {
        List<Blast> first = heard(ORDER, NOW);

        assertEquals(2, first.size());
        assertEquals(List.of(), heard(ORDER, NOW.plusSeconds(1)));
    }

    @Test
    void anOrderThatComesLateIsNotSoundedAndSaidSo() {
        assertEquals(List.of(new Blast("o-1", Duration.ZERO, 0)), heard(ORDER, Instant.parse("2026-11-25T02:04:59Z")));
    }

    @Test
    void anOrderThatCannotBeReadIsNotSounded() {
        assertEquals(
                List.of(new Blast("o-1", Duration.ZERO, 0)), heard(ORDER.replace("flood2", "something newer"), NOW));
        assertEquals(
                List.of(new Blast("o-2", Duration.ZERO, 0)),
                heard(ORDER.replace("o-1", "o-2").replace("02:04:59.000Z", "soon"), NOW));
        assertEquals(List.of(), heard("{", NOW));
        assertEquals(List.of(), heard("", NOW));
        assertEquals(List.of(), heard("{\"type\":\"alarms\",\"count\":1}", NOW));
    }

    @Test
    void whatIsCalledOffIsAnsweredNoMore() {
        List<Blast> blasts = heard(ORDER, NOW);

        assertEquals(List.of(), heard("{\"type\":\"cancel\",\"order\":\"o-1\",\"area\":\"477\"}", NOW));

        assertEquals(Optional.empty(), siren.answer(blasts.get(0), NOW.plusSeconds(10)));
    }

    private List<Blast> heard(String message, Instant now) {
        return siren.heard(message.getBytes(StandardCharsets.UTF_8), now);
    }
}
