package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.journal.Journal;
import vn.kydai.wall.PastMoment.Known;

/** {@code GET /api/v1/areas/{area}/wall[?at=][&known=now]} and {@code ?position=[&at=]}. */
final class DocumentRoute {
    private final Supplier<@Nullable Hub> hubs;
    private final Journal journal;
    private final InstantSource clock;

    DocumentRoute(Supplier<@Nullable Hub> hubs, Journal journal, InstantSource clock) {
        this.hubs = hubs;
        this.journal = journal;
        this.clock = clock;
    }

    void handle(RoutingContext request) {
        Caller.Viewer viewer = Callers.viewer(request, Role.WALL);
        Hub hub = opened(hubs.get());
        String area = requireNonNull(request.pathParam("area"), "the route has an area");
        MultiMap query = request.queryParams();
        Optional<PastMoment> moment = PastMoment.of(query.get("at"), query.get("known"), clock.instant());
        OptionalLong position = PastMoment.position(query.get("position"), query.get("known"), journal.readable());
        Promise<Void> gone = Promise.promise();
        request.response().closeHandler(v -> gone.tryComplete());
        ask(hub.context(), () -> {
                    if (position.isPresent()) {
                        return exactly(position.getAsLong(), moment)
                                .compose(exact -> hub.answers().then(viewer, area, exact, gone.future()));
                    }
                    return moment.isEmpty()
                            ? Future.succeededFuture(hub.answers().now(viewer, area))
                            : hub.answers().then(viewer, area, moment.get(), gone.future());
                })
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(text))
                .onFailure(failure -> fail(request, failure));
    }

    /** Without an instant it is that at which the journal took the position. */
    private Future<PastMoment> exactly(long position, Optional<PastMoment> at) {
        return at.map(moment -> Future.succeededFuture(moment.upTo(position)))
                .orElseGet(() -> journal.readFor(position - 1, 1)
                        .recover(failure -> Future.failedFuture(
                                new Problem(503, "the journal cannot be read just now", Map.of("Retry-After", "5"))))
                        .map(found -> found.stream()
                                .filter(event -> event.position() == position)
                                .findFirst()
                                .map(event -> new PastMoment(event.ingestTime(), Known.THEN, position))
                                .orElseThrow(
                                        () -> new Problem(404, "position: there is no such event that can be read"))));
    }

    static Hub opened(@Nullable Hub hub) {
        if (hub == null) {
            throw new Problem(503, "the wall is not open yet", Map.of("Retry-After", "1"));
        }
        return hub;
    }

    private static void fail(RoutingContext request, Throwable failure) {
        if (!(failure instanceof CancellationException)) {
            request.fail(failure);
        }
    }

    /** Asks on another context and answers on the caller's. */
    private static <T> Future<T> ask(Context other, Supplier<Future<T>> question) {
        Context caller = other.owner().getOrCreateContext();
        Promise<T> answer = Promise.promise();
        other.runOnContext(v -> Future.<Void>succeededFuture()
                .compose(w -> question.get())
                .onComplete((result, failure) -> caller.runOnContext(w -> answer.complete(result, failure))));
        return answer.future();
    }
}
