package vn.kydai.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import vn.kydai.event.codec.Json;

/** Asks a server's HTTP API as a script with a token would. */
final class Api implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerProcess server;
    private final String token;

    Api(ServerProcess server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Gets a JSON document; anything but 200 fails the test with what the server said. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.http(path))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return Json.MAPPER.readTree(response.body());
    }

    /** Posts a body as a device and returns what came back. */
    HttpResponse<String> post(String path, String deviceToken, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.http(path))
                .header("Authorization", "Bearer " + deviceToken)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
