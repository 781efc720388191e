package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vn.kydai.event.codec.Digest;
import vn.kydai.it.GeneratedEvents.Generated;
import vn.kydai.it.GeneratedEvents.Sender;

/**
 * A source that sends generated events batch by batch, each again until it is answered, and holds every answer against
 * what had to come. Confined to one thread at a time.
 */
public final class GeneratedSender implements GeneratedSource {
    private final String source;
    private final Sender kind;
    private final Way way;
    private final GeneratedEvents events;
    private final BitSet acknowledged = new BitSet();
    private final Set<String> reasons = new TreeSet<>();
    private final Map<String, Set<String>> refused = new HashMap<>();
    private long taken;
    private long repeats;

    /** A way in. */
    public interface Way extends AutoCloseable {
        /** Sends a batch, what is not answered again and again; while nobody answers, waits for the gate. */
        Answers send(List<Generated> batch, Gate gate) throws InterruptedException;

        /** Returns an event as it goes this way. */
        String text(Generated event);

        @Override
        void close();
    }

    /**
     * What came back.
     *
     * @param reasons of each event's rejection, in their order; empty for one that was acknowledged
     * @param isExplained whether what was rejected says so; MQTT 3.1.1 acknowledges it like all others
     * @param repeats how many had been taken before, as far as it is told
     */
    public record Answers(List<String> reasons, boolean isExplained, long repeats) {
        public Answers {
            reasons = List.copyOf(reasons);
        }
    }

    public GeneratedSender(String source, Sender kind, Way way, GeneratedEvents events) {
        this.source = source;
        this.kind = kind;
        this.way = way;
        this.events = events;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public BitSet acknowledged() {
        return acknowledged;
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public long repeats() {
        return repeats;
    }

    @Override
    public void close() {
        way.close();
    }

    /** Returns the reasons of all rejections. */
    public Set<String> reasons() {
        return reasons;
    }

    @Override
    public void send(int count, Gate gate) throws InterruptedException {
        List<Generated> batch = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            batch.add(events.next(kind));
        }
        check(batch, way.send(batch, gate));
    }

    private void check(List<Generated> batch, Answers answers) {
        assertEquals(batch.size(), answers.reasons().size());
        repeats += answers.repeats();
        for (int index = 0; index < batch.size(); index++) {
            Generated event = batch.get(index);
            String reason = answers.reasons().get(index);
            boolean isTaken = reason.isEmpty() && (event.isGood() || answers.isExplained());
            if (isTaken) {
                assertTrue(event.isGood(), () -> "taken, though " + event.flaws() + ": " + event.json());
                acknowledged.set(event.number());
                taken++;
                continue;
            }
            if (answers.isExplained()) {
                assertTrue(
                        event.flaws().contains(reason),
                        () -> reason + " instead of " + event.flaws() + ": " + event.json());
                reasons.add(reason);
            }
            refused.put(Digest.of(way.text(event).getBytes(StandardCharsets.UTF_8)), event.flaws());
        }
    }

    /**
     * Holds its dead letters against what was refused: each has one, for a reason it has, and nothing else has any.
     *
     * @param letters digest of what came, and reason, in the order they were written
     */
    public void assertLetters(List<Map.Entry<String, String>> letters) {
        Set<String> found = new TreeSet<>();
        for (Map.Entry<String, String> letter : letters) {
            Set<String> flaws = refused.getOrDefault(letter.getKey(), Set.of());
            assertTrue(
                    flaws.contains(letter.getValue()),
                    () -> "a dead letter of " + source + ": " + letter + " of " + flaws);
            found.add(letter.getKey());
        }
        assertEquals(refused.size(), found.size(), () -> "refused and not among the dead letters of " + source);
    }
}
