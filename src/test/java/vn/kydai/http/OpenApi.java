package vn.kydai.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import vn.kydai.event.codec.Json;

/** The published description of the API, compared with what is mounted. */
public final class OpenApi {
    private OpenApi() {}

    public static JsonNode document() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("/web/openapi.json"))) {
            return Json.MAPPER.readTree(in);
        }
    }

    /** Returns what is mounted under /api and not documented, as METHOD path. */
    public static Set<String> undocumented(List<Route> mounted) throws IOException {
        JsonNode paths = document().path("paths");
        Set<String> missing = new TreeSet<>();
        for (Route route : mounted) {
            String path = route.getPath();
            if (path == null || !path.startsWith("/api/") || route.methods() == null) {
                continue;
            }
            JsonNode documented = paths.path(path.replaceAll(":([A-Za-z]+)", "{$1}"));
            route.methods().stream()
                    .filter(method -> !documented.has(method.name().toLowerCase(java.util.Locale.ROOT)))
                    .forEach(method -> missing.add(method + " " + path));
        }
        return missing;
    }
}
