package vn.kydai.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.codec.GeoJson;

/**
 * What answers without sign-in: the pages and libraries of the class path's {@code web/}, the schemas, and the map of
 * the configuration. Files are kept in memory once read; there are as many as the jar has.
 */
final class Pages {
    /** No segment starts with a dot, so a path cannot leave its root. */
    private static final Pattern SAFE_PATH = Pattern.compile("(/[0-9A-Za-z_@-][0-9A-Za-z_.@-]*)+");

    private static final Pattern SHORT_NAME = Pattern.compile("/[a-z-]+");
    private static final int NOT_MODIFIED = 304;

    /** How long the map is kept: read for each who asks without signing in, it would cost them nothing and us much. */
    private static final long MAP_FOR_NS = 1_000_000_000L;

    private final Path map;
    private final long mapForNs;
    private final Map<String, Page> loaded = new ConcurrentHashMap<>();

    private @Nullable Read newest;

    /** The map as it was read ({@link System#nanoTime}). */
    private record Read(Page page, long atNs) {}

    Pages(Path configDirectory) {
        this(configDirectory, MAP_FOR_NS);
    }

    /** Creates them with how long the map is kept before it is read again. */
    Pages(Path configDirectory, long mapForNs) {
        this.map = configDirectory.resolve("map.geojson");
        this.mapForNs = mapForNs;
    }

    void mount(Router router) {
        router.get("/")
                .handler(context -> context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, "/wall")
                        .end());
        router.route("/map.geojson")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::map);
        router.routeWithRegex("/(?!api/).*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::page);
    }

    private void map(RoutingContext context) {
        Read read = newest;
        if (read != null && System.nanoTime() - read.atNs() < mapForNs) {
            send(context, read.page());
            return;
        }
        context.vertx()
                .fileSystem()
                .readFile(map.toString())
                .map(content -> newestMap(read == null ? null : read.page(), content.getBytes()))
                .otherwise(gone -> newestMap(read == null ? null : read.page(), new byte[0]))
                .onSuccess(page -> {
                    if (page == null) {
                        context.fail(new Problem(404, "there is no map.geojson in the configuration that can be read"));
                        return;
                    }
                    newest = new Read(page, System.nanoTime());
                    send(context, page);
                });
    }

    /** What was shown stays while the file is gone or damaged; the watch of the configuration tells people. */
    private static @Nullable Page newestMap(@Nullable Page shown, byte[] file) {
        if (shown != null && Arrays.equals(shown.content().getBytes(), file)) {
            return shown;
        }
        try {
            return GeoJson.map(file).isPresent() ? Page.of("map.geojson", file) : shown;
        } catch (IOException damaged) {
            return shown;
        }
    }

    private void page(RoutingContext context) {
        String path = context.normalizedPath();
        if (!SAFE_PATH.matcher(path).matches()) {
            throw new Problem(404, "there is nothing here");
        }
        find(context, resource(path))
                .onSuccess(page -> page.ifPresentOrElse(
                        found -> send(context, found), () -> context.fail(new Problem(404, "there is nothing here"))))
                .onFailure(context::fail);
    }

    private Future<Optional<Page>> find(RoutingContext context, String resource) {
        Page page = loaded.get(resource);
        return page != null
                ? Future.succeededFuture(Optional.of(page))
                : context.vertx().executeBlocking(() -> load(resource), false);
    }

    private Optional<Page> load(String resource) throws IOException {
        try (InputStream in = Pages.class.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            Page page = Page.of(resource, in.readAllBytes());
            loaded.put(resource, page);
            return Optional.of(page);
        }
    }

    private static String resource(String path) {
        if (path.startsWith("/schemas/")) {
            return path;
        }
        return "/web" + path + (SHORT_NAME.matcher(path).matches() ? ".html" : "");
    }

    private static void send(RoutingContext context, Page page) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl())
                .putHeader(HttpHeaders.ETAG, page.etag())
                .putHeader("Content-Security-Policy", page.policy());
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(page.etag())) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.type());
        Buffer content = page.content();
        Buffer compressed = page.compressed();
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (compressed != null && accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").putHeader(HttpHeaders.VARY, "Accept-Encoding");
            content = compressed;
        } else {
            // What nobody asked to have compressed, or is so already, is not worth the time.
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()))
                    .end();
        } else {
            response.end(content);
        }
    }
}
