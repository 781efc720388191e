package vn.kydai.report;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the folds how every dossier stands, and works on the answer beside the event loops: it may be a million. */
final class DossierStates {
    private final Supplier<Future<Folded>> folds;

    DossierStates(Supplier<Future<Folded>> folds) {
        this.folds = folds;
    }

    /** Completes on the caller's context. */
    <T> Future<T> ask(RoutingContext request, Function<Folded, T> work) {
        Context caller = request.vertx().getOrCreateContext();
        Promise<T> answer = Promise.promise();
        folds.get()
                .onComplete((folded, failure) -> caller.runOnContext(asked -> {
                    if (failure != null) {
                        answer.fail(failure);
                    } else {
                        caller.executeBlocking(() -> work.apply(folded), false).onComplete(answer);
                    }
                }));
        return answer.future();
    }
}
