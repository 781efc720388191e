package vn.kydai.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final int ANY = 1_000;
    private static final String MAP = "{\"type\":\"FeatureCollection\",\"features\":[]}";
    private static final String IMPORT_MAP = "{\"imports\":{\"lit-html\":\"./lib/lit-html/lit-html.js\"}}";

    private final HttpFixture http = new HttpFixture(List.of(), ANY);

    PagesTest() throws IOException {}

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aPagesPolicyAllowsItsOriginAndItsImportMapAlone() throws Exception {
        HttpResponse<String> page = http.send(http.request("/test-page"));

        assertEquals(200, page.statusCode());
        assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
        String policy = header(page, "Content-Security-Policy");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(IMPORT_MAP.getBytes(StandardCharsets.UTF_8));
        assertTrue(
                policy.contains(
                        "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(digest) + "';"),
                policy);
        for (String part :
                List.of("default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "object-src 'none'")) {
            assertTrue(policy.contains(part), policy);
        }
        assertFalse(policy.replace("style-src 'self' 'unsafe-inline'", "").contains("unsafe"), policy);
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(page, "Referrer-Policy"));
        assertEquals("no-cache", header(page, "Cache-Control"));
    }

    @Test
    void theDocumentationAndItsPartsAnswerWithoutSignIn() throws Exception {
        for (String path : List.of("/docs", "/docs.js", "/docs.css", "/openapi.json")) {
            HttpResponse<String> response = http.send(http.request(path));
            assertEquals(200, response.statusCode(), path);
            assertFalse(response.body().contains("http://"), path + " asks another origin");
        }
        assertTrue(http.send(http.request("/schemas/reading.v1.json")).body().contains("\"metric\""));
        for (String page : List.of("/wall", "/counter", "/setup")) {
            assertEquals(200, http.send(http.request(page)).statusCode(), page);
        }
        assertEquals("/wall", header(http.send(http.request("/")), "Location"));
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() throws Exception {
        String etag = header(http.send(http.request("/docs.js")), "ETag");

        HttpResponse<String> again = http.send(http.request("/docs.js").header("If-None-Match", etag));

        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void headAnswersLikeGetWithoutTheBody() throws Exception {
        HttpResponse<String> response = http.send(http.request("/docs").HEAD());

        assertEquals(200, response.statusCode());
        assertTrue(Integer.parseInt(header(response, "Content-Length")) > 0);
    }

    @Test
    void textIsCompressedAndFontsAreKept() throws Exception {
        HttpResponse<byte[]> response = http.client.send(
                http.request("/openapi.json").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
        String text = new String(
                new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"openapi\": \"3.1.0\""));
        Page font = Page.of("a.woff2", new byte[] {1});
        assertEquals("public, max-age=31536000, immutable", font.cacheControl());
    }

    @Test
    void theMapComesFromTheConfiguration() throws Exception {
        assertEquals(404, http.send(http.request("/map.geojson")).statusCode());

        Files.writeString(http.configDirectory().resolve("map.geojson"), MAP);

        HttpResponse<String> map = http.send(http.request("/map.geojson"));
        assertEquals(MAP, map.body());
        assertEquals("application/geo+json", header(map, "Content-Type"));
    }

    @Test
    void aMapThatIsDamagedOrGoneStaysAsItWasShown() throws Exception {
        Path file = http.configDirectory().resolve("map.geojson");
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            new Problems(router, new SimpleMeterRegistry()).mount();
            new Pages(http.configDirectory(), 0).mount(router);
            int port = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                    .actualPort();
            HttpRequest map = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/map.geojson"))
                    .build();
            Files.writeString(file, MAP.substring(0, MAP.length() / 2));
            assertEquals(404, http.client.send(map, BodyHandlers.ofString()).statusCode());
            Files.writeString(file, MAP);
            assertEquals(MAP, http.client.send(map, BodyHandlers.ofString()).body());

            for (String damaged : List.of(MAP.substring(0, MAP.length() / 2), "", "{}", "[]", "null", "\u0000")) {
                Files.writeString(file, damaged);
                assertEquals(MAP, http.client.send(map, BodyHandlers.ofString()).body(), damaged);
            }
            Files.delete(file);
            assertEquals(MAP, http.client.send(map, BodyHandlers.ofString()).body());
            String other = MAP.replace("[]", "[ ]");
            Files.writeString(file, other);
            assertEquals(other, http.client.send(map, BodyHandlers.ofString()).body());
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
