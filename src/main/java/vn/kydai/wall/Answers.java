package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Problem;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Verdict;
import vn.kydai.event.codec.Json;
import vn.kydai.wall.PastFold.Shown;

/** The wall document as an answer to one question, of now or of a past moment. On the wall's context. */
final class Answers {
    private final Vertx vertx;
    private final Context wall;
    private final Supplier<Picture> newest;
    private final Channels channels;
    private final Past past;
    private final WallParts parts;

    Answers(Vertx vertx, Context wall, Supplier<Picture> newest, Channels channels, Past past, WallParts parts) {
        this.vertx = vertx;
        this.wall = wall;
        this.newest = newest;
        this.channels = channels;
        this.past = past;
        this.parts = parts;
    }

    /** Answers with the newest document. */
    String now(Viewer viewer, String area) {
        Picture picture = newest.get();
        return switch (picture.judge(viewer.scope(), area)) {
            case UNKNOWN -> throw picture.catchingUp() == null ? Problem.unknownArea(area) : notYet();
            case FOREIGN -> throw viewer.foreign(area);
            case WITHIN -> channels.answer(picture, area).orElseThrow(() -> Problem.unknownArea(area));
        };
    }

    /** What is not known may only not be folded yet. */
    private static Problem notYet() {
        return new Problem(503, "the figures are catching up, try again later", Map.of("Retry-After", "5"));
    }

    /**
     * Answers with the document of a past moment.
     *
     * @param gone completes when nobody waits for it any more
     */
    Future<String> then(Viewer viewer, String area, PastMoment moment, Future<Void> gone) {
        Verdict verdict = newest.get().judge(viewer.scope(), area);
        if (verdict == Verdict.FOREIGN) {
            throw viewer.foreign(area);
        }
        // Folding the journal for an area that never was would cost as much as for one that is.
        if (verdict == Verdict.UNKNOWN && !parts.isArea().test(area)) {
            throw Problem.unknownArea(area);
        }
        Promise<Past.Why> displaced = Promise.promise();
        PastFold fold = past.open(viewer, parts.clock().instant(), displaced::tryComplete)
                .orElseThrow(Answers::tooMany);
        displaced.future().onSuccess(why -> fold.close());
        gone.onComplete(v -> wall.runOnContext(w -> fold.close()));
        return fold.show(moment, area)
                .compose(shown -> vertx.executeBlocking(() -> text(viewer, area, shown), false))
                .map(text -> requireNonNull(text))
                .recover(failure -> Future.failedFuture(
                        failure instanceof CancellationException
                                        && displaced.future().succeeded()
                                ? tooMany()
                                : failure))
                .onComplete(done -> fold.close());
    }

    private static Problem tooMany() {
        return new Problem(429, "too many folds of the past, try again later", Map.of("Retry-After", "5"));
    }

    private String text(Viewer viewer, String area, Shown shown) {
        Picture then = shown.picture();
        if (shown.document().isEmpty()) {
            throw Problem.unknownArea(area);
        }
        // A past moment may be shown where the area is the token's today, or was then.
        if (!newest.get().isWithin(viewer.scope(), area) && !then.isWithin(viewer.scope(), area)) {
            throw viewer.foreign(area);
        }
        return Frames.answer(
                then.position(), then.at(), Json.text(shown.document().get()));
    }
}
