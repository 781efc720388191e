package vn.kydai.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import vn.kydai.access.Account;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Roster;

/** {@code /api/v1/shifts}: who is on duty now, who may take over, the last hand-overs, handing over, and taking it. */
final class ShiftRoutes {
    private static final String PATH = "/api/v1/shifts";
    private static final int MAX_BODY_BYTES = 4_096;
    private static final int SHOWN = 20;
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final AlarmParts parts;
    private final ShiftParts shiftParts;
    private final NewestPicture newest;
    private final Shifts shifts;

    ShiftRoutes(AlarmParts parts, ShiftParts shiftParts, NewestPicture newest, Shifts shifts) {
        this.parts = parts;
        this.shiftParts = shiftParts;
        this.newest = newest;
        this.shifts = shifts;
    }

    void mount(Router router) {
        router.get(PATH).handler(this::show);
        router.post(PATH + "/hand-over")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::handOver);
        router.post(PATH + "/accept")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::accept);
    }

    private void show(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String asked = context.request().getParam("area");
        String area = asked == null ? viewer.scope() : asked;
        Picture picture = newest.get();
        AlarmRoutes.checkArea(viewer, area, picture);
        Set<String> members = picture.subtree(area);
        Instant now = parts.clock().instant();
        Future<List<HandOver>> handOvers = shifts.handOvers(members, SHOWN);
        Future<List<Account>> takers = shifts.takers(viewer, area, picture);
        Future.all(handOvers, takers).onFailure(context::fail).onSuccess(found -> {
            ObjectNode body = Json.MAPPER.createObjectNode().put("area", area).put("at", Json.time(now));
            onDuty(body.putObject("onDuty"), area, members, now);
            ObjectNode mayTake = body.putObject("mayTake");
            takers.result().forEach(account -> mayTake.putObject(account.name()).put("display", account.display()));
            ArrayNode listed = body.putArray("handOvers");
            handOvers.result().forEach(handOver -> listed.add(node(handOver)));
            JsonBody.answer(context, body);
        });
    }

    /** The area's own people, or those of the nearest one above it; and those of areas within it that have their own. */
    private void onDuty(ObjectNode body, String area, Set<String> members, Instant now) {
        Roster roster = shiftParts.roster().get();
        Set<String> areas = new TreeSet<>(roster.areas());
        areas.retainAll(members);
        areas.add(area);
        for (String each : areas) {
            List<Roster.Person> people = roster.onDuty(parts.registry().get().areas(), each, now);
            ArrayNode listed = body.putArray(each);
            people.forEach(person -> {
                ObjectNode node = listed.addObject().put("user", person.user());
                if (person.post() != null) {
                    node.put("post", person.post());
                }
                ArrayNode channels = node.putArray("channels");
                person.channels().forEach(channels::add);
            });
        }
    }

    private void handOver(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.OPERATOR);
        JsonNode body = JsonBody.object(context, "{\"to\": \"binh.le\"}");
        HandOverRequest request = HandOverRequest.of(body, context.request().getHeader("Idempotency-Key"));
        JsonBody.answer(
                context,
                shifts.handOver(viewer, Callers.remote(context), request).map(ShiftRoutes::node));
    }

    private void accept(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.OPERATOR);
        JsonNode body = JsonBody.object(context, "{\"position\": \"4711\"}");
        Said.onlyFields(body, Set.of("position"));
        String position = Said.needed(body, "position");
        if (!POSITION.matcher(position).matches()) {
            throw new Problem(400, "position: the position of a hand-over is needed, as GET /api/v1/shifts gives it");
        }
        JsonBody.answer(
                context,
                shifts.accept(viewer, Callers.remote(context), Long.parseLong(position))
                        .map(ShiftRoutes::node));
    }

    private static ObjectNode node(HandOver handOver) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("position", Long.toString(handOver.position()))
                .put("at", Json.time(handOver.at()))
                .put("area", handOver.area())
                .put("by", handOver.by())
                .put("to", handOver.to());
        if (handOver.note() != null) {
            node.put("note", handOver.note());
        }
        if (handOver.acceptedAt() != null) {
            node.put("acceptedAt", Json.time(handOver.acceptedAt()));
        }
        ArrayNode alarms = node.putArray("alarms");
        handOver.alarms().forEach(alarms::add);
        return node;
    }
}
