package vn.kydai.http;

import io.vertx.ext.web.Router;
import java.util.List;
import vn.kydai.access.Problem;

/** Paths of the contract that are not built yet: they say so, to those who are signed in. */
final class PlannedRoutes {
    static final List<String> PATHS = List.of("/api/v1/devices");

    private PlannedRoutes() {}

    static void mount(Router router) {
        for (String path : PATHS) {
            router.route(path).handler(context -> {
                throw new Problem(501, "not built yet");
            });
        }
    }
}
