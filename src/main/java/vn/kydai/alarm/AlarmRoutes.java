package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.codec.AlarmJson;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRules;

/** {@code /api/v1/alarms}: the list, and acting on it. */
final class AlarmRoutes {
    private static final int MAX_BODY_BYTES = 4_096;
    private static final Set<String> STATES =
            Arrays.stream(AlarmState.values()).map(AlarmState::id).collect(Collectors.toUnmodifiableSet());

    private final AlarmParts parts;
    private final NewestPicture newest;
    private final Deeds deeds;

    AlarmRoutes(AlarmParts parts, NewestPicture newest, Deeds deeds) {
        this.parts = parts;
        this.newest = newest;
        this.deeds = deeds;
    }

    void mount(Router router) {
        router.get("/api/v1/alarms").handler(this::list);
        for (Deed deed : Deed.values()) {
            router.post("/api/v1/alarms/:alarm/" + deed.path())
                    .consumes("application/json")
                    .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                    .handler(context -> act(context, deed));
        }
    }

    /** Lists an area's alarms; those that are normal only where asked for. */
    private void list(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String area = context.request().getParam("area");
        String state = context.request().getParam("state");
        if (state != null && !STATES.contains(state)) {
            throw new Problem(
                    400,
                    "state: one of "
                            + String.join(", ", STATES.stream().sorted().toList()) + " is allowed");
        }
        Picture picture = newest.get();
        Set<String> members = members(viewer, area, picture);
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("position", Long.toString(picture.position()))
                .put("at", Json.time(picture.at()));
        Picture.Flood flood = picture.floods().get(area == null ? viewer.scope() : area);
        if (flood != null) {
            body.set("alarmFlood", AlarmJson.flood(flood));
        }
        ObjectNode alarms = body.putObject("alarms");
        ObjectNode rules = body.putObject("rules");
        AlarmRules inForce = parts.rules().get();
        picture.alarms().forEach((id, alarm) -> {
            boolean isAsked = state == null
                    ? alarm.state() != AlarmState.NORMAL
                    : state.equals(alarm.state().id());
            if (isAsked && members.contains(alarm.area())) {
                alarms.set(id, AlarmJson.inFull(alarm));
                inForce.find(alarm.rule()).ifPresent(rule -> rules.set(rule.id(), rule(rule)));
            }
        });
        JsonBody.answer(context, body);
    }

    private static Set<String> members(Viewer viewer, @Nullable String area, Picture picture) {
        String wanted = area == null ? viewer.scope() : area;
        checkArea(viewer, wanted, picture);
        return picture.subtree(wanted);
    }

    /** Fails with 404 or 403 unless an area is in the viewer's scope. */
    static void checkArea(Viewer viewer, String area, Picture picture) {
        switch (picture.judge(viewer.scope(), area)) {
            case UNKNOWN -> throw Problem.unknownArea(area);
            case FOREIGN -> throw viewer.foreign(area);
            case WITHIN -> {}
        }
    }

    private static ObjectNode rule(AlarmRule rule) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("shelvable", rule.isShelvable());
        if (rule.title() != null) {
            node.putObject("title")
                    .put("vi", rule.title().vi())
                    .put("en", rule.title().en());
        }
        write(node.putObject("vi"), rule.guidance());
        if (rule.english() != null) {
            write(node.putObject("en"), rule.english());
        }
        return node;
    }

    private static void write(ObjectNode node, AlarmRule.Guidance guidance) {
        node.put("who", guidance.who()).put("reason", guidance.reason()).put("consequence", guidance.consequence());
        ArrayNode response = node.putArray("response");
        guidance.response().forEach(response::add);
    }

    private void act(RoutingContext context, Deed deed) {
        Viewer viewer = Callers.viewer(context, Role.OPERATOR);
        String body = context.body().asString();
        DeedRequest request = DeedRequest.of(
                deed,
                requireNonNull(context.pathParam("alarm"), "the path has it"),
                body == null ? "" : body,
                context.request().getHeader("Idempotency-Key"));
        JsonBody.answer(
                context,
                deeds.act(viewer, Callers.remote(context), request)
                        .map(alarm -> AlarmJson.inFull(alarm).put("id", request.alarm())));
    }
}
