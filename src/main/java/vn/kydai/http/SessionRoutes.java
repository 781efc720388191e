package vn.kydai.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.Optional;
import vn.kydai.access.Access;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Credential;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.access.Session;
import vn.kydai.event.codec.Json;

/** {@code /api/v1/session}: a browser exchanges a token for a cookie, asks whom it stands for, and ends it. */
final class SessionRoutes {
    static final String PATH = "/api/v1/session";

    private static final int MAX_BODY_BYTES = 4_096;

    /** The longest a browser keeps a cookie (RFC 6265bis). */
    private static final Duration LONGEST_COOKIE = Duration.ofDays(400);

    private final Access access;
    private final boolean isTls;

    SessionRoutes(Access access, boolean isTls) {
        this.access = access;
        this.isTls = isTls;
    }

    void mount(Router router, SignIn signIn) {
        router.get(PATH).handler(signIn).handler(this::show);
        router.post(PATH)
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::open);
        router.delete(PATH).handler(this::end);
    }

    private void show(RoutingContext context) {
        answer(context, Callers.viewer(context, Role.WALL));
    }

    private void open(RoutingContext context) {
        String token = token(context);
        access.openSession(token, SignIn.remote(context))
                .onSuccess(session -> opened(context, session))
                .onFailure(cause -> context.fail(SignIn.unavailable(cause)));
    }

    private void opened(RoutingContext context, Optional<Session> session) {
        if (session.isEmpty()) {
            context.fail(new Problem(401, "the token is not good: unknown, expired, revoked, or a device's"));
            return;
        }
        Cookie cookie = cookie(session.get().secret());
        if (session.get().viewer().role() == Role.WALL) {
            cookie.setMaxAge(age(session.get()).toSeconds());
        }
        context.response().addCookie(cookie);
        answer(context, session.get().viewer());
    }

    private static Duration age(Session session) {
        Duration lasts = session.lasts();
        return lasts == null || lasts.compareTo(LONGEST_COOKIE) > 0 ? LONGEST_COOKIE : lasts;
    }

    private void end(RoutingContext context) {
        Credential credential = SignIn.credential(context);
        context.response().addCookie(cookie("").setMaxAge(0));
        if (credential instanceof Credential.Cookie cookie) {
            access.endSession(cookie.secret(), SignIn.remote(context))
                    .onSuccess(ended -> context.response().setStatusCode(204).end())
                    .onFailure(cause -> context.fail(SignIn.unavailable(cause)));
        } else {
            context.fail(new Problem(401, "there is no session to end: the cookie is missing"));
        }
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(SignIn.COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(isTls)
                .setSameSite(CookieSameSite.STRICT);
    }

    private static void answer(RoutingContext context, Caller.Viewer viewer) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("name", viewer.name())
                .put("role", viewer.role().id())
                .put("scope", viewer.scope());
        JsonBody.answer(context, body);
    }

    private static String token(RoutingContext context) {
        JsonNode body = JsonBody.of(context)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new Problem(400, "the body must be a JSON object: {\"token\":\"…\"}"));
        if (body.has("user")) {
            throw new Problem(501, "signing in with user and password is not built yet; use {\"token\":\"…\"}");
        }
        if (body.size() != 1 || !body.path("token").isTextual()) {
            throw new Problem(400, "the body must have exactly one field, the text \"token\"");
        }
        return body.path("token").textValue();
    }
}
