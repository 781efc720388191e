package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.TypedText;

/** {@code /api/v1/tokens}: an administrator lists, adds and revokes the tokens of screens and scripts in his scope. */
public final class TokenRoutes {
    private static final String PATH = "/api/v1/tokens";
    private static final Set<Role> ALLOWED = EnumSet.of(Role.WALL, Role.READER);
    private static final Set<String> FIELDS = Set.of("role", "scope", "days", "name");
    private static final int MAX_BODY_BYTES = 4_096;
    private static final int MAX_DAYS = 3_650;
    private static final int MAX_NAME_CHARS = 64;

    private final Access access;
    private final Subtrees subtrees;
    private final InstantSource clock;
    private final OnceByKey once = new OnceByKey();

    public TokenRoutes(Access access, Subtrees subtrees, InstantSource clock) {
        this.access = access;
        this.subtrees = subtrees;
        this.clock = clock;
    }

    /** Adds the routes, which must lie behind sign-in. */
    public void mount(Router router) {
        router.get(PATH).handler(this::list);
        router.post(PATH)
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::add);
        router.delete(PATH + "/:token").handler(this::revoke);
    }

    private void list(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        inScope(admin).onFailure(context::fail).onSuccess(tokens -> {
            ObjectNode body = Json.MAPPER.createObjectNode();
            ArrayNode listed = body.putArray("tokens");
            tokens.forEach(token -> listed.add(node(token)));
            JsonBody.answer(context, body);
        });
    }

    private void add(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        JsonNode body = JsonBody.object(context, FIELDS, "{\"role\":\"wall\",\"scope\":\"…\"}");
        Role role = Role.ofId(body.path("role").asText())
                .filter(ALLOWED::contains)
                .orElseThrow(() -> new Problem(400, "role: wall or reader is allowed"));
        String scope = body.path("scope").asText();
        if (!subtrees.contains(admin.scope(), scope)) {
            throw new Problem(403, "scope: an area of " + admin.scope() + " is allowed");
        }
        int days = days(body.path("days"));
        String name = name(body.path("name"), role, scope);
        once.once(
                        context,
                        admin,
                        Json.text(body),
                        clock.instant(),
                        () -> access.addToken(role, scope, days, name, clock.instant(), admin.name()))
                .onFailure(context::fail)
                .onSuccess(secret -> JsonBody.answer(
                        context, 201, Json.text(Json.MAPPER.createObjectNode().put("token", secret))));
    }

    private void revoke(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        String id = requireNonNull(context.pathParam("token"), "the route has a token");
        inScope(admin)
                .compose(tokens -> {
                    if (tokens.stream().noneMatch(token -> token.id().equals(id))) {
                        throw new Problem(404, "there is no token " + id + " in " + admin.scope());
                    }
                    return access.revokeToken(id, clock.instant(), admin.name());
                })
                .onFailure(context::fail)
                .onSuccess(revoked -> context.response().setStatusCode(204).end());
    }

    /** An administrator's own kind stays out of reach: only the command line makes it. */
    private Future<List<Token>> inScope(Caller.Viewer admin) {
        return access.listTokens()
                .map(tokens -> tokens.stream()
                        .filter(token -> ALLOWED.contains(token.role()))
                        .filter(token -> subtrees.contains(admin.scope(), token.scope()))
                        .toList());
    }

    private static int days(JsonNode days) {
        if (days.isMissingNode()) {
            return 0;
        }
        if (!days.isInt() || days.intValue() < 0 || days.intValue() > MAX_DAYS) {
            throw new Problem(400, "days: 0 (until revoked) to " + MAX_DAYS + " is allowed");
        }
        return days.intValue();
    }

    private static String name(JsonNode name, Role role, String scope) {
        String given = TypedText.name(name.asText(""));
        if (given.length() > MAX_NAME_CHARS || !TypedText.isPrintable(given)) {
            throw new Problem(400, "name: at most " + MAX_NAME_CHARS + " characters that can be printed are allowed");
        }
        return given.isEmpty() ? role.id() + " " + scope : given;
    }

    private static ObjectNode node(Token token) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("id", token.id())
                .put("role", token.role().id())
                .put("scope", token.scope())
                .put("name", token.name())
                .put("createdAt", Json.time(token.createdAt()));
        if (token.expiresAt() != null) {
            node.put("expiresAt", Json.time(token.expiresAt()));
        }
        if (token.revokedAt() != null) {
            node.put("revokedAt", Json.time(token.revokedAt()));
        }
        return node;
    }
}
