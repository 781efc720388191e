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
import java.util.Set;
import vn.kydai.event.codec.Json;

/**
 * {@code /api/v1/users}: an administrator lists, adds and changes the people in his scope and gives them new first
 * passwords; {@code /api/v1/people}: the names of those whose deeds a reader may meet.
 */
public final class UserRoutes {
    private static final String PATH = "/api/v1/users";
    private static final String PEOPLE = "/api/v1/people";
    private static final Set<String> TERMS = Set.of("name", "display", "role", "scope");
    private static final Set<String> CHANGES = Set.of("display", "role", "scope", "disabled");
    private static final int MAX_BODY_BYTES = 4_096;

    private final People people;
    private final Subtrees subtrees;
    private final InstantSource clock;
    private final OnceByKey once = new OnceByKey();

    public UserRoutes(People people, Subtrees subtrees, InstantSource clock) {
        this.people = people;
        this.subtrees = subtrees;
        this.clock = clock;
    }

    /** Adds the routes, which must lie behind sign-in. */
    public void mount(Router router) {
        router.get(PEOPLE).handler(this::names);
        router.get(PATH).handler(this::list);
        router.post(PATH)
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::add);
        router.patch(PATH + "/:user")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::change);
        router.post(PATH + "/:user/password").handler(this::reset);
    }

    /** Those in the viewer's scope, and those whose scope holds the viewer's: who may have done something there. */
    private void names(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        people.list().onFailure(context::fail).onSuccess(accounts -> {
            ObjectNode body = Json.MAPPER.createObjectNode();
            ObjectNode names = body.putObject("people");
            accounts.stream()
                    .filter(account -> subtrees.contains(viewer.scope(), account.scope())
                            || subtrees.contains(account.scope(), viewer.scope()))
                    .forEach(account -> names.putObject(account.name()).put("display", account.display()));
            JsonBody.answer(context, body);
        });
    }

    private void list(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        people.list().onFailure(context::fail).onSuccess(accounts -> {
            ObjectNode body = Json.MAPPER.createObjectNode();
            ArrayNode listed = body.putArray("users");
            accounts.stream()
                    .filter(account -> subtrees.contains(admin.scope(), account.scope()))
                    .forEach(account -> listed.add(node(account)));
            JsonBody.answer(context, body);
        });
    }

    private void add(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        JsonNode body =
                JsonBody.object(context, TERMS, "{\"name\":\"lan.tran\",\"role\":\"operator\",\"scope\":\"…\"}");
        Account.Terms terms = terms(
                JsonBody.text(body, "name").orElse(""),
                JsonBody.text(body, "display").orElse(""),
                JsonBody.text(body, "role").orElse(""),
                JsonBody.text(body, "scope").orElse(""));
        checkScope(admin, terms.scope());
        String remote = Callers.remote(context);
        once.once(
                        context,
                        admin,
                        Json.text(body),
                        clock.instant(),
                        () -> people.add(terms, admin.name(), remote)
                                .map(password -> password.orElseThrow(() ->
                                        new Problem(409, "name: " + terms.name() + " is taken; allowed: another one"))))
                .onFailure(context::fail)
                .onSuccess(password -> JsonBody.answer(context, 201, password(terms.name(), password)));
    }

    private void change(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        JsonNode body = JsonBody.object(context, CHANGES, "{\"disabled\":true}");
        String remote = Callers.remote(context);
        inScope(context, admin)
                .compose(account -> {
                    Account.Terms terms = terms(
                            account.name(),
                            JsonBody.text(body, "display").orElse(account.display()),
                            JsonBody.text(body, "role").orElse(account.role().id()),
                            JsonBody.text(body, "scope").orElse(account.scope()));
                    checkScope(admin, terms.scope());
                    boolean wasDisabled = account.disabledAt() != null;
                    boolean isDisabled = flag(body, wasDisabled);
                    boolean isOwn = account.name().equals(admin.name());
                    if (isOwn && (isDisabled || terms.role() != Role.ADMIN)) {
                        throw new Problem(409, "nobody takes administration from himself; ask another administrator");
                    }
                    return people.change(account, terms, isDisabled, admin.name(), remote);
                })
                .onFailure(context::fail)
                .onSuccess(account -> JsonBody.answer(context, node(account)));
    }

    private void reset(RoutingContext context) {
        Caller.Viewer admin = Callers.viewer(context, Role.ADMIN);
        String remote = Callers.remote(context);
        inScope(context, admin)
                .compose(account -> once.once(
                                context,
                                admin,
                                "",
                                clock.instant(),
                                () -> people.reset(account.name(), admin.name(), remote)
                                        .map(password -> password.orElseThrow(() -> unknown(account.name(), admin))))
                        .map(password -> password(account.name(), password)))
                .onFailure(context::fail)
                .onSuccess(answer -> JsonBody.answer(context, 200, answer));
    }

    private Future<Account> inScope(RoutingContext context, Caller.Viewer admin) {
        String name = requireNonNull(context.pathParam("user"), "the route has a user");
        return people.find(name)
                .map(found -> found.filter(account -> subtrees.contains(admin.scope(), account.scope()))
                        .orElseThrow(() -> unknown(name, admin)));
    }

    private static Problem unknown(String name, Caller.Viewer admin) {
        return new Problem(404, "there is no user " + name + " in " + admin.scope());
    }

    private void checkScope(Caller.Viewer admin, String scope) {
        if (!subtrees.contains(admin.scope(), scope)) {
            throw new Problem(403, "scope: an area of " + admin.scope() + " is allowed");
        }
    }

    private static Account.Terms terms(String name, String display, String role, String scope) {
        try {
            return new Account.Terms(name, display, Account.Terms.role(role), scope);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, String.valueOf(e.getMessage()));
        }
    }

    private static boolean flag(JsonNode body, boolean otherwise) {
        JsonNode value = body.path("disabled");
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new Problem(400, "disabled: true or false is needed");
        }
        return value.asBoolean(otherwise);
    }

    private static String password(String name, String password) {
        return Json.text(Json.MAPPER.createObjectNode().put("name", name).put("password", password));
    }

    private static ObjectNode node(Account account) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("name", account.name())
                .put("display", account.display())
                .put("role", account.role().id())
                .put("scope", account.scope())
                .put("createdAt", Json.time(account.createdAt()))
                .put("changedAt", Json.time(account.changedAt()));
        if (account.disabledAt() != null) {
            node.put("disabledAt", Json.time(account.disabledAt()));
        }
        return node;
    }
}
