package vn.kydai.access;

import io.vertx.ext.web.RoutingContext;

/** Finds who is asking on a route that lies behind sign-in. */
public final class Callers {
    private static final String KEY = "kydai.caller";

    private Callers() {}

    /** Notes who is asking; called by the sign-in handler alone. */
    public static void put(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }

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

    /** Returns the device asking, or fails with 401 or 403 when none is signed in. */
    public static Caller.Device device(RoutingContext context) {
        return switch (context.<Caller>get(KEY)) {
            case null -> throw new Problem(401, "sign in first: HTTP Basic (id, token) or Bearer token of a device");
            case Caller.Device device -> device;
            case Caller.Viewer viewer -> throw new Problem(403, "only a device may post events");
        };
    }
}
