package vn.kydai.http;

import static vn.kydai.access.AccessFixture.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import vn.kydai.access.AccessFixture;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.Json;

/** The real server on a free port, with a real client. */
public final class HttpFixture implements AutoCloseable {
    public final AccessFixture signIns = new AccessFixture();
    public final HttpClient client = HttpClient.newHttpClient();
    private final Settings.Http settings;
    private final Path configDirectory;
    private final List<Consumer<Router>> stages;
    private HttpServerVerticle server;
    private String deployment;

    public HttpFixture(List<Consumer<Router>> stages, int maxConnections) throws IOException {
        this(signIns -> stages, maxConnections);
    }

    /** Serves stages that need to know who may come in. */
    public HttpFixture(Function<AccessFixture, List<Consumer<Router>>> stages, int maxConnections) throws IOException {
        this.stages = stages.apply(signIns);
        this.settings = new Settings.Http("127.0.0.1", 0, "", "", maxConnections, AccessFixture.SESSION_MINUTES);
        this.configDirectory = Files.createTempDirectory("kydai-config-");
        this.server = create();
        this.deployment = await(signIns.vertx.deployVerticle(server));
    }

    private HttpServerVerticle create() {
        return new HttpServerVerticle(settings, signIns.access(), stages, configDirectory, signIns.meters);
    }

    /** Stops the server and starts another one on the same database. */
    public void restart() {
        await(signIns.vertx.undeploy(deployment));
        server = create();
        deployment = await(signIns.vertx.deployVerticle(server));
    }

    public int port() {
        return server.port();
    }

    public Path configDirectory() {
        return configDirectory;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public HttpRequest.Builder request(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    /** A request as the browser of a person who is signed in sends it; an empty body is none. */
    public HttpRequest.Builder person(String path, String session, String method, String body) {
        return request(path)
                .header("Cookie", "kydai=" + session)
                .header("Origin", "http://127.0.0.1:" + port())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends bytes as they are and reads until the server closes. */
    public String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    @Override
    public void close() {
        await(signIns.vertx.undeploy(deployment));
        client.close();
        await(signIns.vertx.fileSystem().deleteRecursive(configDirectory.toString()));
        signIns.close();
    }
}
