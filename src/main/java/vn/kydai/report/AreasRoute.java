package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** {@code GET /api/v1/areas[?at=]}: the tree of a date, absent today, from the caller's scope down. */
final class AreasRoute {
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    AreasRoute(Supplier<Registry> registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void handle(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.WALL);
        Areas areas = registry.get().areas();
        Area top = areas.find(viewer.scope())
                .orElseThrow(
                        () -> new Problem(404, "there is no area " + viewer.scope() + ", the scope of this token"));
        JsonBody.answer(context, new Tree(areas, date(context.request().getParam("at"))).node(top));
    }

    private LocalDate date(@Nullable String text) {
        if (text == null) {
            return WorkingCalendar.dateOf(clock.instant());
        }
        return Dates.of("at", text);
    }

    /** Writes each area once, whatever the configuration says. */
    private static final class Tree {
        private final Areas areas;
        private final LocalDate day;
        private final Set<String> written = new HashSet<>();

        Tree(Areas areas, LocalDate day) {
            this.areas = areas;
            this.day = day;
        }

        ObjectNode node(Area area) {
            written.add(area.id());
            ObjectNode node = Json.MAPPER
                    .createObjectNode()
                    .put("id", area.id())
                    .put("code", area.code())
                    .put("name", area.name())
                    .put("nameEn", area.nameEn())
                    .put("level", area.level());
            if (area.successor() != null) {
                node.put("successor", area.successor());
            }
            if (area.latitude() != null && area.longitude() != null) {
                node.put("latitude", area.latitude()).put("longitude", area.longitude());
            }
            if (area.validFrom() != null) {
                node.put("validFrom", area.validFrom().toString());
            }
            if (area.validTo() != null) {
                node.put("validTo", area.validTo().toString());
            }
            ArrayNode children = node.putArray("children");
            areas.children(area.id(), day).stream()
                    .filter(id -> !written.contains(id))
                    .flatMap(id -> areas.find(id).stream())
                    .forEach(child -> children.add(node(child)));
            return node;
        }
    }
}
