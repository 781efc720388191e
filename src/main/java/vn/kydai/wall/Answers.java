package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
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
    private final InstantSource clock;

    Answers(Vertx vertx, Context wall, Supplier<Picture> newest, Channels channels, Past past, InstantSource clock) {
        this.vertx = vertx;
        this.wall = wall;
        this.newest = newest;
        this.channels = channels;
        this.past = past;
        this.clock = clock;
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
        if (newest.get().judge(viewer.scope(), area) == Verdict.FOREIGN) {
            throw viewer.foreign(area);
        }
        PastFold fold = past.open(viewer, clock.instant(), () -> {})
                .orElseThrow(() ->
                        new Problem(429, "too many folds of the past, try again later", Map.of("Retry-After", "5")));
        gone.onComplete(v -> wall.runOnContext(w -> fold.close()));
        return fold.show(moment, area)
                .compose(shown -> vertx.executeBlocking(() -> text(viewer, area, shown), false))
                .map(text -> requireNonNull(text))
                .onComplete(done -> fold.close());
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
