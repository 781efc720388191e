package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Role;
import vn.kydai.event.Picture;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.OrderJson;

/** {@code /api/v1/orders}: orders to sirens; preparing, confirming and cancelling them. */
final class OrderRoutes {
    private static final String PATH = "/api/v1/orders";
    private static final String EXAMPLE = "{\"area\": \"477\", \"signal\": \"flood3\", \"reason\": \"…\"}";
    private static final int MAX_BODY_BYTES = 4_096;

    private final NewestPicture newest;
    private final Orders orders;

    OrderRoutes(NewestPicture newest, Orders orders) {
        this.newest = newest;
        this.orders = orders;
    }

    void mount(Router router) {
        router.get(PATH).handler(this::list);
        post(router, PATH).handler(this::prepare);
        post(router, PATH + "/:order/confirm")
                .handler(context -> act(context, Role.COMMANDER, OrderDeed.CONFIRM, Set.of()));
        post(router, PATH + "/:order/cancel")
                .handler(context -> act(context, Role.OPERATOR, OrderDeed.CANCEL, Set.of("reason")));
    }

    private static Route post(Router router, String path) {
        return router.post(path)
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    }

    private void list(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String asked = context.request().getParam("area");
        String area = asked == null ? viewer.scope() : asked;
        Picture picture = newest.get();
        AlarmRoutes.checkArea(viewer, area, picture);
        Set<String> members = picture.subtree(area);
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("area", area)
                .put("position", Long.toString(picture.position()))
                .put("at", Json.time(picture.at()));
        ArrayNode listed = body.putArray("orders");
        ObjectNode sirens = body.putObject("sirens");
        ObjectNode connected = body.putObject("connected");
        orders.sirens(picture, members).forEach((id, counts) -> {
            sirens.put(id, counts.registered());
            connected.put(id, counts.connected());
        });
        orders.shown(picture, members::contains).forEach(order -> listed.add(OrderJson.inFull(order)));
        JsonBody.answer(context, body);
    }

    private void prepare(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.OPERATOR);
        OrderRequest request = OrderRequest.of(
                JsonBody.object(context, EXAMPLE), context.request().getHeader("Idempotency-Key"));
        JsonBody.answer(
                context,
                orders.prepare(viewer, Callers.remote(context), request).map(this::withReach));
    }

    /** An order that no siren hears is a person's to know of before the other one confirms it. */
    private ObjectNode withReach(SirenOrder order) {
        Orders.Sirens sirens = orders.sirens(order.area());
        ObjectNode answer = OrderJson.inFull(order);
        answer.putObject("sirens").put("registered", sirens.registered()).put("connected", sirens.connected());
        if (sirens.connected() == 0) {
            answer.put("warning", sirens.registered() == 0 ? "no_siren" : "no_siren_connected");
        }
        return answer;
    }

    private void act(RoutingContext context, Role role, OrderDeed deed, Set<String> fields) {
        Viewer viewer = Callers.viewer(context, role);
        IdempotencyKey.check(context.request().getHeader("Idempotency-Key"));
        JsonNode body = JsonBody.object(context, "{}");
        Said.onlyFields(body, fields);
        String order = requireNonNull(context.pathParam("order"), "the path has it");
        JsonBody.answer(
                context,
                orders.act(viewer, Callers.remote(context), deed, order, Said.text(body, "reason", false))
                        .map(this::withReach));
    }
}
