package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.SetAsideJson;

/** Says in the journal that an event is set aside. */
public final class SetAsideWord {
    private static final Logger LOGGER = LoggerFactory.getLogger(SetAsideWord.class);
    private static final long AGAIN_MS = 1_000;

    private SetAsideWord() {}

    /** Tries until it has committed; fails only when the journal takes no such word. */
    public static Future<Void> say(Vertx vertx, Journal journal, SetAside aside) {
        Submission word = Submission.Draft.of(SetAsideJson.setAside(aside), aside.at());
        return journal.append(word).transform(said -> {
            if (said.failed()) {
                LOGGER.atWarn().setCause(said.cause()).log("it could not be said in the journal yet");
                return later(vertx).compose(again -> say(vertx, journal, aside));
            }
            return said.result() instanceof Outcome.Rejected rejected
                    ? Future.failedFuture(
                            new IllegalStateException("the journal does not take it: " + rejected.detail()))
                    : Future.succeededFuture();
        });
    }

    private static Future<Void> later(Vertx vertx) {
        Promise<Void> later = Promise.promise();
        vertx.setTimer(AGAIN_MS, timer -> later.complete());
        return later.future();
    }
}
