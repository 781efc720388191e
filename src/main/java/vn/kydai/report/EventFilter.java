package vn.kydai.report;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Problem;
import vn.kydai.event.Event;
import vn.kydai.event.Kind;
import vn.kydai.registry.Areas;

/**
 * Which events a reader asked for.
 *
 * @param kind absent: every kind
 */
record EventFilter(Reach reach, @Nullable Kind kind) {
    static EventFilter of(RoutingContext context, Areas areas, Caller.Viewer viewer, Instant now) {
        String asked = context.request().getParam("kind");
        Optional<Kind> kind = Optional.ofNullable(asked).flatMap(Kind::ofId);
        if (asked != null && kind.isEmpty()) {
            throw new Problem(
                    400, "kind must be one of dossier, ticket, rating, reading, indicator, alarm, configuration");
        }
        return new EventFilter(Reach.of(areas, viewer, context.request().getParam("area"), now), kind.orElse(null));
    }

    boolean takes(Event event) {
        return (kind == null || kind == event.kind()) && reach.sees(event);
    }
}
