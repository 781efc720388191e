package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.AuditLog;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.DeedAudit;
import vn.kydai.access.JsonBody;
import vn.kydai.access.OnceByKey;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.access.Subtrees;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.PlaceJson;
import vn.kydai.registry.Actor;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Addition.Placing;
import vn.kydai.registry.RegistrationRefused;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/**
 * {@code /api/v1/devices}: an administrator lists, registers, moves and revokes the desks, sensors and gateways of his
 * scope and renews their tokens, beside {@code device add|list|revoke} of the command line.
 */
public final class DeviceRoutes {
    private static final String PATH = "/api/v1/devices";
    private static final Set<String> FIELDS =
            Set.of("id", "kind", "area", "behind", "name", "metrics", "levels", "latitude", "longitude");
    private static final Set<String> CHANGES =
            Set.of("area", "behind", "name", "metrics", "levels", "latitude", "longitude");
    private static final int MAX_BODY_BYTES = 4_096;

    private final SourceStore sources;
    private final Supplier<Registry> registry;
    private final Subtrees subtrees;
    private final DeedAudit audit;
    private final InstantSource clock;
    private final OnceByKey once = new OnceByKey();

    /**
     * Creates them.
     *
     * @param registry areas and metrics in force
     */
    public DeviceRoutes(
            SourceStore sources, Supplier<Registry> registry, Subtrees subtrees, AuditLog audit, InstantSource clock) {
        this.sources = sources;
        this.registry = registry;
        this.subtrees = subtrees;
        this.audit = new DeedAudit(audit);
        this.clock = clock;
    }

    /** Adds the routes, which must lie behind sign-in. */
    public void mount(Router router) {
        router.get(PATH).handler(this::list);
        router.post(PATH)
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::add);
        router.patch(PATH + "/:device")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::change);
        router.post(PATH + "/:device/token").handler(this::renew);
        router.delete(PATH + "/:device").handler(this::revoke);
    }

    private void list(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        Future<ObjectNode> body = sources.load().map(all -> {
            ObjectNode answer = Json.MAPPER.createObjectNode();
            ArrayNode listed = answer.putArray("devices");
            all.all().stream().filter(source -> isInScope(admin, source)).forEach(source -> listed.add(node(source)));
            return answer;
        });
        JsonBody.answer(context, body);
    }

    private void add(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        JsonNode body = JsonBody.object(context, FIELDS, "{\"id\":\"wl-bo\",\"kind\":\"sensor\",\"area\":\"…\"}");
        String token = Secrets.create();
        Addition addition = new Addition(
                needed(body, "id"),
                area(admin, needed(body, "area")),
                SourceKind.ofId(needed(body, "kind"))
                        .orElseThrow(() -> new Problem(400, "kind: desk, sensor or gateway is allowed")),
                behind(admin, body),
                Secrets.hash(token),
                name(body),
                metrics(body),
                levels(body),
                placing(body));
        Instant now = clock.instant();
        once.once(
                        context,
                        admin,
                        Json.text(body),
                        now,
                        () -> deed(
                                        context,
                                        "device add",
                                        addition.id(),
                                        actor -> sources.register(addition, now, actor))
                                .map(done -> token))
                .onFailure(context::fail)
                .onSuccess(first -> JsonBody.answer(context, 201, token(addition.id(), first)));
    }

    private void change(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        JsonNode body = JsonBody.object(context, CHANGES, "{\"area\":\"…\"}");
        if (body.isEmpty()) {
            throw new Problem(400, "one of area, behind, latitude and longitude, levels, metrics, name is needed");
        }
        Instant now = clock.instant();
        JsonBody.answer(
                context,
                inScope(context, admin)
                        .compose(source -> {
                            Addition change = new Addition(
                                    source.id(),
                                    JsonBody.text(body, "area")
                                            .map(area -> area(admin, area))
                                            .orElse(null),
                                    source.kind(),
                                    behind(admin, body),
                                    null,
                                    name(body),
                                    metrics(body),
                                    levels(body),
                                    placing(body));
                            return deed(
                                    context, "device change", source.id(), actor -> sources.change(change, now, actor));
                        })
                        .compose(done -> inScope(context, admin))
                        .map(this::node));
    }

    private void renew(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        Instant now = clock.instant();
        String token = Secrets.create();
        inScope(context, admin)
                .compose(source -> {
                    Addition renewal = new Addition(source.id(), null, source.kind(), null, Secrets.hash(token));
                    return once.once(
                                    context,
                                    admin,
                                    "",
                                    now,
                                    () -> deed(
                                                    context,
                                                    "device token",
                                                    source.id(),
                                                    actor -> sources.change(renewal, now, actor))
                                            .map(done -> token))
                            .map(first -> token(source.id(), first));
                })
                .onFailure(context::fail)
                .onSuccess(answer -> JsonBody.answer(context, 200, answer));
    }

    private void revoke(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        inScope(context, admin)
                .compose(source -> deed(
                        context,
                        "device revoke",
                        source.id(),
                        actor -> sources.revoke(source.id(), clock.instant(), actor)))
                .onFailure(context::fail)
                .onSuccess(revoked -> context.response().setStatusCode(204).end());
    }

    /** Does it as the caller, with its row of the audit log in the same transaction; a refusal is noted too. */
    private Future<Void> deed(RoutingContext context, String what, String device, Function<Actor, Future<Void>> deed) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        String remote = Callers.remote(context);
        Instant now = clock.instant();
        Actor actor = new Actor() {
            @Override
            public void check(Source source) {
                if (!isInScope(admin, source)) {
                    throw unknown(device, admin);
                }
            }

            @Override
            public Future<Void> note(SqlClient transaction) {
                return new AuditLog(transaction).add(now, admin.name(), remote, what, device, "ok");
            }
        };
        return deed.apply(actor)
                .recover(failure -> failure instanceof RegistrationRefused refused
                        ? audit.noted(
                                Future.failedFuture(problem(refused)),
                                new DeedAudit.Entry(now, admin.name(), remote, what, device))
                        : Future.failedFuture(failure));
    }

    private static Problem problem(RegistrationRefused refused) {
        return new Problem(refused.isConflict() ? 409 : 400, String.valueOf(refused.getMessage()));
    }

    private Future<Source> inScope(RoutingContext context, Caller.Viewer admin) {
        String id = requireNonNull(context.pathParam("device"), "the route has a device");
        return sources.load()
                .map(all ->
                        all.find(id).filter(source -> isInScope(admin, source)).orElseThrow(() -> unknown(id, admin)));
    }

    private static Problem unknown(String id, Caller.Viewer admin) {
        return new Problem(404, "there is no device " + id + " in " + admin.scope());
    }

    private boolean isInScope(Caller.Viewer admin, Source source) {
        return subtrees.contains(admin.scope(), areaOf(source));
    }

    private String areaOf(Source source) {
        return registry.get().areaOf(source, clock.instant());
    }

    private String area(Caller.Viewer admin, String area) {
        if (!subtrees.contains(admin.scope(), area)) {
            throw new Problem(403, "area: an area of " + admin.scope() + " is allowed");
        }
        return area;
    }

    /** Behind another's gateway silent devices would hide that gateway's own silence. */
    private @Nullable String behind(Caller.Viewer admin, JsonNode body) {
        String gateway = JsonBody.text(body, "behind").orElse(null);
        boolean isForeign = gateway != null
                && registry.get()
                        .sources()
                        .find(gateway)
                        .filter(known -> !isInScope(admin, known))
                        .isPresent();
        if (isForeign) {
            throw new Problem(403, "behind: a gateway of " + admin.scope() + " is allowed");
        }
        return gateway;
    }

    private static @Nullable String name(JsonNode body) {
        return JsonBody.text(body, "name").map(String::strip).orElse(null);
    }

    private static String needed(JsonNode body, String field) {
        return JsonBody.text(body, field).orElseThrow(() -> new Problem(400, field + ": text is needed"));
    }

    private List<Sources.Metric> metrics(JsonNode body) {
        @Nullable JsonNode given = body.get("metrics");
        if (given == null) {
            return List.of();
        }
        List<JsonNode> ids = StreamSupport.stream(given.spliterator(), false).toList();
        if (!given.isArray() || ids.isEmpty() || !ids.stream().allMatch(JsonNode::isTextual)) {
            throw new Problem(400, "metrics: a list of at least one metric's id is needed");
        }
        try {
            return registry.get()
                    .thresholds()
                    .ofDevice(ids.stream().map(JsonNode::textValue).toList());
        } catch (RegistrationRefused e) {
            throw problem(e);
        }
    }

    private static @Nullable List<Double> levels(JsonNode body) {
        @Nullable JsonNode given = body.get("levels");
        if (given == null) {
            return null;
        }
        List<JsonNode> levels = StreamSupport.stream(given.spliterator(), false).toList();
        if (!given.isArray() || !levels.stream().allMatch(JsonNode::isNumber)) {
            throw new Problem(400, "levels: a list of rising numbers is needed; an empty one takes them away");
        }
        return levels.stream().map(JsonNode::doubleValue).toList();
    }

    /** Nothing for both takes it off the map. */
    private static @Nullable Placing placing(JsonNode body) {
        boolean isNowhere = List.of("latitude", "longitude").stream()
                .allMatch(field -> body.has(field) && body.get(field).isNull());
        if (isNowhere) {
            return Placing.NOWHERE;
        }
        try {
            return Addition.placing(degrees(body, "latitude"), degrees(body, "longitude"));
        } catch (RegistrationRefused e) {
            throw problem(e);
        }
    }

    private static @Nullable Double degrees(JsonNode body, String field) {
        @Nullable JsonNode given = body.get(field);
        if (given == null) {
            return null;
        }
        if (!given.isNumber()) {
            throw new Problem(
                    400, field + ": a number of degrees is needed, or null for both of latitude and longitude");
        }
        return given.doubleValue();
    }

    private static String token(String id, String token) {
        return Json.text(Json.MAPPER.createObjectNode().put("id", id).put("token", token));
    }

    private ObjectNode node(Source source) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("id", source.id())
                .put("kind", source.kind().id())
                .put("area", areaOf(source))
                .put("revoked", source.isRevoked());
        putText(node, "name", source.name());
        putText(node, "station", source.station());
        putText(node, "behind", source.behind());
        PlaceJson.put(node, source.place());
        ArrayNode metrics = node.putArray("metrics");
        source.metrics().forEach(metric -> metrics.add(metric.metric()));
        if (!source.metrics().isEmpty() && !source.metrics().getFirst().levels().isEmpty()) {
            ArrayNode levels = node.putArray("levels");
            source.metrics().getFirst().levels().forEach(levels::add);
        }
        return node;
    }

    private static void putText(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }
}
