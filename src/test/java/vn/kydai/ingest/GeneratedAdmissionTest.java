package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.it.GeneratedEvents;
import vn.kydai.it.GeneratedEvents.Generated;
import vn.kydai.it.GeneratedEvents.Sender;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;

/** Of every event of the grammar it is known whether it must be taken. */
class GeneratedAdmissionTest {
    private static final int EVENTS = 10_000;

    private final Admission admission =
            new Admission(() -> TestingRegistry.WHOLE, Schemas.load(), Settings.DEFAULTS.ingest());

    @Test
    void everyEventIsTakenOrRejectedForAReasonItHas() throws Exception {
        // Given
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the generated events: " + seed);
        GeneratedEvents events = new GeneratedEvents(seed, TestingTown.NOW, "A01");
        Set<String> reasons = new TreeSet<>();
        for (int n = 0; n < EVENTS; n++) {
            Sender sender = n % 3 == 0 ? Sender.SENSOR : Sender.DESK;
            Generated event = events.next(sender);

            // When
            Submission submission = admitted(sender == Sender.SENSOR ? "wl-1" : "desk-1", event.json());

            // Then
            switch (submission) {
                case Draft draft -> {
                    assertTrue(event.isGood(), () -> "taken, though " + event.flaws() + ": " + event.json());
                    String text = draft.content().data().toString();
                    assertEquals(
                            draft.content().data(),
                            DataJson.read(
                                    draft.content().data().kind(),
                                    Json.stored(draft.content().json())),
                            text);
                }
                case DeadLetter letter -> {
                    String reason = letter.reason().id();
                    assertTrue(
                            event.flaws().contains(reason),
                            () -> letter.detail() + " of " + event.flaws() + " " + event.json());
                    reasons.add(reason);
                }
            }
        }
        assertEquals(
                Set.of(
                        "schema",
                        "unknown_field",
                        "future",
                        "unknown_metric",
                        "not_entitled",
                        "type_mismatch",
                        "too_large"),
                reasons);
    }

    private Submission admitted(String sender, String event) {
        Receipt receipt = new Receipt(sender, LocalDate.of(2026, 11, 24), false);
        return admission.admit(
                new Arrival(receipt, sender, null, null, Buffer.buffer(event), TestingTown.NOW),
                () -> Envelopes.structured(Envelopes.tree(Buffer.buffer(event))));
    }
}
