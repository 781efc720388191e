package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Turns turns = new Turns(thread::add);
    private final List<String> done = new ArrayList<>();

    private Future<Boolean> ask(String sender, String what) {
        return turns.run(sender, () -> done.add(what));
    }

    private void work() {
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    @Test
    void whoPostsManyLargeBatchesKeepsNobodyElseWaitingForMoreThanOne() {
        for (int batch = 0; batch < 5; batch++) {
            assertTrue(!ask("greedy", "greedy " + batch).isComplete());
        }
        Future<Boolean> other = ask("other", "other");

        work();

        assertEquals(List.of("greedy 0", "other", "greedy 1", "greedy 2", "greedy 3", "greedy 4"), done);
        assertTrue(other.succeeded());
    }

    @Test
    void workThatThrowsEndsItsOwnFutureAndKeepsNobodysTurn() {
        Future<Boolean> broken = turns.run("one", () -> {
            throw new IllegalStateException("broken");
        });
        Future<Boolean> following = ask("one", "following");

        work();

        assertEquals("broken", broken.cause().getMessage());
        assertTrue(following.succeeded());
    }

    @Test
    void aSenderThatHasNothingWaitingIsForgotten() {
        Future<Boolean> first = ask("one", "first");
        work();
        Future<Boolean> second = ask("one", "second");

        work();

        assertTrue(first.succeeded() && second.succeeded());
        assertEquals(List.of("first", "second"), done);
    }
}
