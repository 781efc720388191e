package vn.kydai.journal;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import vn.kydai.journal.Intake.Batch;
import vn.kydai.journal.Intake.Pending;

/** Tells outcomes on the contexts of those who wait for them, with one hand-over a context and batch. */
final class Outcomes {
    private Outcomes() {}

    static void tell(List<Pending> pending, List<Outcome> outcomes) {
        onTheirContexts(pending, n -> pending.get(n).promise().tryComplete(outcomes.get(n)));
    }

    static void fail(Batch batch, Throwable cause) {
        onTheirContexts(batch.pending(), n -> batch.pending().get(n).promise().tryFail(cause));
        batch.flushes().forEach(flush -> flush.tryFail(cause));
    }

    private static void onTheirContexts(List<Pending> pending, IntConsumer tell) {
        Map<Context, List<Integer>> numbers = new HashMap<>();
        for (int n = 0; n < pending.size(); n++) {
            numbers.computeIfAbsent(pending.get(n).context(), none -> new ArrayList<>())
                    .add(n);
        }
        numbers.forEach((context, theirs) -> context.runOnContext(told -> theirs.forEach(tell::accept)));
    }

    /** Fails whatever still waits. */
    static void failAll(Intake intake, Throwable cause) {
        Optional<Batch> left = intake.take(Integer.MAX_VALUE, false);
        while (left.isPresent()) {
            fail(left.get(), cause);
            left = intake.take(Integer.MAX_VALUE, false);
        }
    }
}
