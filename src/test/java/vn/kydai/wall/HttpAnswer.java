package vn.kydai.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import vn.kydai.event.codec.Json;

/** What a GET gave. */
record HttpAnswer(int status, String text) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static HttpAnswer get(WallServer server, String path, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode body() {
        try {
            return status == 200 ? Json.MAPPER.readTree(text) : Json.MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
