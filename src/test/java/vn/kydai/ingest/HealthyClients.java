package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that do everything right, one event after the other, and fail at the first wrong answer. */
final class HealthyClients {
    private HealthyClients() {}

    /** Publishes until told to stop; returns how many were acknowledged. */
    static int mqtt(TestingTown town, int version, String device, AtomicBoolean isOver) {
        int sent = 0;
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), version, device)) {
            while (!isOver.get()) {
                sent++;
                int packetId = sent % 60_000 + 1;
                client.publish(1, packetId, "kydai/v1/19897/" + device + "/reading", reading(sent));
                RawMqtt.Packet answer = client.read();
                assertEquals(RawMqtt.PUBACK, answer.type());
                assertEquals(packetId, answer.at(0) << 8 | answer.at(1));
                assertEquals(0, answer.at(2));
            }
        }
        return sent;
    }

    /** Posts until told to stop; returns how many were committed. */
    static int http(TestingTown town, String device, AtomicBoolean isOver) {
        int sent = 0;
        WebClient client = WebClient.create(town.vertx);
        while (!isOver.get()) {
            sent++;
            HttpResponse<Buffer> answer = TestingTown.await(client.post(
                            town.http.actualPort(), "127.0.0.1", "/api/v1/events")
                    .putHeader("Authorization", "Bearer secret-" + device)
                    .putHeader("Content-Type", "application/cloudevents+json")
                    .sendBuffer(Buffer.buffer("{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"id\":\"h-"
                            + sent + "\",\"data\":" + reading(sent).replaceFirst("\"id\":\"[^,]*,", "") + "}")));
            assertEquals(
                    "200 {\"committed\":1,\"duplicate\":0,\"rejected\":[]}",
                    answer.statusCode() + " " + answer.bodyAsString());
        }
        client.close();
        return sent;
    }

    private static String reading(int number) {
        return "{\"id\":\"h-" + number + "\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
    }
}
