package vn.kydai.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a path would have allowed, for the {@code Allow} header a 405 must have (RFC 9110 §15.5.6). */
final class AllowedMethods {
    private AllowedMethods() {}

    static String of(Router router, String path) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.methods() != null && matches(route, path)) {
                route.methods().stream().map(HttpMethod::name).forEach(allowed::add);
            }
        }
        return allowed.isEmpty() ? "GET, HEAD" : String.join(", ", allowed);
    }

    private static boolean matches(Route route, String path) {
        String pattern = route.getPath();
        return pattern != null
                && path.matches(pattern.replaceAll(":[A-Za-z]+", "[^/]+").replace("*", ".*"));
    }
}
