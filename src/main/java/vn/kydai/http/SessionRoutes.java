package vn.kydai.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.kydai.access.Access;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Credential;
import vn.kydai.access.JsonBody;
import vn.kydai.access.People;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.access.Session;
import vn.kydai.access.SignInResult;
import vn.kydai.event.codec.Json;

/**
 * {@code /api/v1/session}: a browser exchanges a token, or a person's name and password, for a cookie, asks whom it stands
 * for, and ends it; a person chooses another password.
 */
final class SessionRoutes {
    static final String PATH = "/api/v1/session";

    /** Kept by a browser in which a person has signed in: a lock-out spares that person there. */
    private static final String BROWSER_COOKIE = "kydai-browser";

    private static final Set<String> TOKEN_FIELDS = Set.of("token");
    private static final Set<String> PERSON_FIELDS = Set.of("user", "password");
    private static final Set<String> PASSWORD_FIELDS = Set.of("old", "new");

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
        router.post(PATH + "/password").handler(signIn);
        router.post(PATH + "/password")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::choosePassword);
    }

    private void show(RoutingContext context) {
        answer(context, Callers.viewer(context, Role.WALL));
    }

    private void open(RoutingContext context) {
        Callers.checkNotForeign(context);
        JsonNode body = JsonBody.object(context, "{\"user\":\"…\",\"password\":\"…\"} or {\"token\":\"…\"}");
        boolean isToken = body.has("token");
        Map<String, String> given = texts(body, isToken ? TOKEN_FIELDS : PERSON_FIELDS);
        Future<Void> opened = isToken ? byToken(context, given) : byPassword(context, given);
        opened.onFailure(cause -> context.fail(SignIn.unavailable(cause)));
    }

    private Future<Void> byToken(RoutingContext context, Map<String, String> given) {
        return access.openSession(value(given, "token"), Callers.remote(context))
                .compose(session -> session.isPresent()
                        ? opened(context, session.get())
                        : Future.failedFuture(
                                new Problem(401, "the token is not good: unknown, expired, revoked, or a device's")));
    }

    private Future<Void> byPassword(RoutingContext context, Map<String, String> given) {
        Cookie browser = context.request().getCookie(BROWSER_COOKIE);
        return access.people()
                .signIn(
                        value(given, "user"),
                        value(given, "password"),
                        browser == null ? null : browser.getValue(),
                        Callers.remote(context))
                .compose(result -> switch (result) {
                    case SignInResult.Opened signedIn -> {
                        context.response()
                                .addCookie(cookie(BROWSER_COOKIE, signedIn.browser())
                                        .setPath(PATH)
                                        .setMaxAge(LONGEST_COOKIE.toSeconds()));
                        yield opened(context, signedIn.session());
                    }
                    case SignInResult.Refused refused ->
                        Future.failedFuture(new Problem(401, "this user and password do not belong together"));
                    case SignInResult.Locked locked -> Future.failedFuture(People.tooMany(locked.left()));
                });
    }

    /** Sends the new cookie; the session the browser was in ends, so that none outlives a change of person. */
    private Future<Void> opened(RoutingContext context, Session session) {
        Cookie former = context.request().getCookie(SignIn.COOKIE);
        Future<Void> ended = former == null
                ? Future.succeededFuture()
                : access.endSession(former.getValue(), Callers.remote(context));
        return ended.onSuccess(done -> {
            Cookie cookie = cookie(SignIn.COOKIE, session.secret());
            if (session.viewer().role() == Role.WALL) {
                cookie.setMaxAge(age(session).toSeconds());
            }
            context.response().addCookie(cookie);
            answer(context, session.viewer());
        });
    }

    private static Duration age(Session session) {
        Duration lasts = session.lasts();
        return lasts == null || lasts.compareTo(LONGEST_COOKIE) > 0 ? LONGEST_COOKIE : lasts;
    }

    private void end(RoutingContext context) {
        Callers.checkNotForeign(context);
        Credential credential = SignIn.credential(context);
        context.response().addCookie(cookie(SignIn.COOKIE, "").setMaxAge(0));
        if (credential instanceof Credential.Cookie cookie) {
            access.endSession(cookie.secret(), Callers.remote(context))
                    .onSuccess(ended -> context.response().setStatusCode(204).end())
                    .onFailure(cause -> context.fail(SignIn.unavailable(cause)));
        } else {
            context.fail(new Problem(401, "there is no session to end: the cookie is missing"));
        }
    }

    private void choosePassword(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Credential credential = SignIn.credential(context);
        if (viewer.display() == null || !(credential instanceof Credential.Cookie cookie)) {
            throw new Problem(403, "only a person who is signed in has a password to change");
        }
        Map<String, String> given = texts(JsonBody.object(context, "{\"old\":\"…\",\"new\":\"…\"}"), PASSWORD_FIELDS);
        access.people()
                .choosePassword(
                        viewer.name(),
                        value(given, "old"),
                        value(given, "new"),
                        cookie.secret(),
                        Callers.remote(context))
                .onSuccess(chosen -> context.response().setStatusCode(204).end())
                .onFailure(cause -> context.fail(SignIn.unavailable(cause)));
    }

    private Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value)
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
        if (viewer.display() != null) {
            body.put("display", viewer.display());
        }
        JsonBody.answer(context, body);
    }

    /** Reads a body of these texts and nothing else; no value is ever repeated in an answer. */
    private static Map<String, String> texts(JsonNode body, Set<String> fields) {
        Map<String, String> texts = new HashMap<>();
        fields.forEach(field -> {
            if (body.path(field).isTextual()) {
                texts.put(field, body.path(field).textValue());
            }
        });
        if (texts.size() != fields.size() || body.size() != fields.size()) {
            throw new Problem(
                    400,
                    "the body must have exactly these fields, each a text: "
                            + String.join(", ", fields.stream().sorted().toList()));
        }
        return texts;
    }

    private static String value(Map<String, String> given, String field) {
        return requireNonNull(given.get(field), "the body was checked");
    }
}
