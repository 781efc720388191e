package vn.kydai.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds who is asking on a route that lies behind sign-in. */
public final class Callers {
    private static final String KEY = "kydai.caller";
    private static final String SIGN_IN = "kydai.signin";

    private static final String FOREIGN = "the Origin of a request with a cookie must be this server";

    /** Of the Fetch Metadata header: a page of ours, or the person by the address bar. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private Callers() {}

    /** Notes who is asking; called by the sign-in handler alone. */
    public static void put(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }

    /**
     * Notes who is asking, and how to ask again whether they still may.
     *
     * @param byCookie whether a browser sent the credential by itself, so that its page's origin must be checked
     * @param again signs the same credential in once more
     */
    public static void put(
            RoutingContext context, Caller caller, boolean byCookie, Supplier<Future<Optional<Caller>>> again) {
        put(context, caller);
        context.put(SIGN_IN, new SignIn(byCookie, again));
    }

    /**
     * Tells whether the caller's sign-in still holds: a stream or socket that lives for days asks this every now and
     * then, at least every 30 s. True while the database does not answer: walls stay up then.
     */
    public static Future<Boolean> isStillSignedIn(RoutingContext context) {
        Caller caller = context.get(KEY);
        SignIn signIn = context.get(SIGN_IN);
        return caller == null || signIn == null
                ? Future.succeededFuture(caller != null)
                : signIn.again
                        .get()
                        .map(now -> now.map(Callers::rights).equals(Optional.of(rights(caller))))
                        .otherwise(true);
    }

    /** A person who is only shown by another name is still the one who signed in. */
    private static Caller rights(Caller caller) {
        return caller instanceof Caller.Viewer viewer
                ? new Caller.Viewer(viewer.name(), viewer.role(), viewer.scope())
                : caller;
    }

    /**
     * Fails with 403 when a browser's cookie comes from a page of another origin (RFC 6454). Sign-in asks this for
     * whatever is no mere reading; a WebSocket is not covered by the same-origin policy, so its upgrade must call this.
     * Host and port are compared: behind a proxy that ends TLS the scheme is not known here.
     */
    public static void checkOrigin(RoutingContext context) {
        SignIn signIn = context.get(SIGN_IN);
        if (signIn == null || !signIn.byCookie) {
            return;
        }
        if (context.request().getHeader(HttpHeaders.ORIGIN) == null) {
            throw new Problem(403, FOREIGN);
        }
        checkNotForeign(context);
    }

    /** Fails with 403 when a browser says that another origin's page asks, cookie or not. */
    public static void checkNotForeign(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        String host = context.request().getHeader(HttpHeaders.HOST);
        boolean isForeign =
                origin != null && (host == null || !authority(origin).equals(authority("://" + host)));
        String site = context.request().getHeader("Sec-Fetch-Site");
        if (isForeign || (site != null && !OWN_SITES.contains(site))) {
            throw new Problem(403, FOREIGN);
        }
    }

    /** Returns the address of the peer, without its port. */
    public static String remote(RoutingContext context) {
        return String.valueOf(context.request().remoteAddress().hostAddress());
    }

    private static String authority(String url) {
        int start = url.indexOf("://");
        return start < 0
                ? ""
                : url.substring(start + "://".length()).toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }

    private record SignIn(boolean byCookie, Supplier<Future<Optional<Caller>>> again) {}

    /** Returns the viewer asking, or fails with 401 or 403 when nobody with this role is signed in. */
    public static Caller.Viewer viewer(RoutingContext context, Role role) {
        return switch (context.<Caller>get(KEY)) {
            case null -> throw new Problem(401, "sign in first: Bearer token or the cookie of POST /api/v1/session");
            case Caller.Device device -> throw new Problem(403, "a device may only post events");
            case Caller.Viewer viewer when viewer.role().includes(role) -> viewer;
            case Caller.Viewer viewer ->
                throw new Problem(403, "role " + viewer.role().id() + " may not; " + role.id() + " is needed");
        };
    }

    /** Fails with 401 or 403 unless a viewer with this role is signed in; for a route that does not mind which. */
    public static void require(RoutingContext context, Role role) {
        Caller.Viewer unused = viewer(context, role);
    }

    /** Returns the device asking, or fails with 401 or 403 when none is signed in. */
    public static Caller.Device device(RoutingContext context) {
        return switch (context.<Caller>get(KEY)) {
            case null -> throw new Problem(401, "sign in first: HTTP Basic (id, token) or Bearer token of a device");
            case Caller.Device device -> device;
            case Caller.Viewer viewer -> throw new Problem(403, "only a device may post events");
        };
    }
}
