package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;
import vn.kydai.event.Reason;

class IntakeTest {
    private final Vertx vertx = Vertx.vertx();
    private final Intake intake = new Intake(Settings.DEFAULTS.journal(), () -> {});

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private void append(String source, int number) {
        Receipt receipt = new Receipt(source, LocalDate.of(2026, 11, 24), false);
        Submission letter = new Submission.DeadLetter(receipt, 100, Reason.SCHEMA, Integer.toString(number), "{}");
        assertTrue(!intake.append(letter, vertx.getOrCreateContext()).failed());
    }

    private List<String> take(int most) {
        return intake.take(most, false).orElseThrow().submissions().stream()
                .map(letter -> letter.receipt().source() + ((Submission.DeadLetter) letter).detail())
                .toList();
    }

    @Test
    void takesWhatFitsOneBatchInOrderOfArrival() {
        append("a", 1);
        append("b", 1);
        append("a", 2);

        List<String> taken = take(10);

        assertEquals(List.of("a1", "b1", "a2"), taken);
        assertEquals(0, intake.events());
        assertEquals(0, intake.bytes());
    }

    @Test
    void letsASourceThatFloodsWaitBehindItselfAndKeepsTheOrderOfEach() {
        for (int number = 1; number <= 10_000; number++) {
            append("flood", number);
        }
        for (int number = 1; number <= 5; number++) {
            append("quiet", number);
        }

        List<String> first = take(100);

        assertEquals(
                List.of("quiet1", "quiet2", "quiet3", "quiet4", "quiet5"),
                first.stream().filter(one -> one.startsWith("quiet")).toList());
        List<String> flood = new ArrayList<>(first);
        flood.removeIf(one -> one.startsWith("quiet"));
        while (intake.events() > 0) {
            flood.addAll(take(1_000));
        }
        assertEquals(10_000, flood.size());
        for (int number = 1; number <= 10_000; number++) {
            assertEquals("flood" + number, flood.get(number - 1));
        }
        assertEquals(0, intake.bytes());
    }
}
