package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeded hostile inputs; each ends with an answer or a closed connection, or fails. Confined to one thread. */
final class HostileInputs {
    private static final String TOPIC = "kydai/v1/19897/gone-1/reading";
    private static final String OWN_TOPIC = "kydai/v1/19897/gauge-1/reading";
    private static final Set<Integer> STATUSES =
            Set.of(200, 400, 401, 404, 405, 408, 411, 413, 414, 415, 417, 431, 501, 505);

    private static final Pattern STATUS = Pattern.compile("\\S+ ([0-9]{3}) ");

    private final Random random;
    private final TestingTown town;

    HostileInputs(Random random, TestingTown town) {
        this.random = random;
        this.town = town;
    }

    /** Sends one hostile input by MQTT. */
    void mqtt() {
        int version = random.nextBoolean() ? 4 : 5;
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), version)) {
            byte[] connect = client.connectPacket("c" + random.nextInt(50), "gw-1", "secret-gw-1", new byte[0]);
            switch (random.nextInt(8)) {
                case 0 -> client.send(noise(1 + random.nextInt(300)));
                case 1 -> client.send(Arrays.copyOf(connect, random.nextInt(connect.length)));
                case 2 -> client.send(damaged(connect));
                case 3 -> client.send(joined(connect, connect));
                case 4 -> client.send(joined(connect, noise(1 + random.nextInt(300))));
                case 5 -> client.send(joined(connect, damaged(client.publishPacket(1, 1, OWN_TOPIC, payload()))));
                case 6 -> client.send(joined(connect, client.publishPacket(random.nextInt(3), 1, TOPIC, payload())));
                default -> {
                    client.send(joined(connect, client.publishPacket(1, 1, OWN_TOPIC, payload())));
                    assertAnswered(client);
                }
            }
            client.finish();
            drain(client);
        } catch (UncheckedIOException e) {
            // The server may close while the rest is still being written.
            if (!(e.getCause() instanceof SocketException)) {
                throw e;
            }
        }
    }

    /** The CONNACK, then a PUBACK; or a DISCONNECT or a closed connection, such as a take-over. */
    private static void assertAnswered(RawMqtt client) {
        RawMqtt.Packet answer = client.read();
        while (answer.type() == RawMqtt.CONNACK) {
            answer = client.read();
        }
        assertTrue(
                answer.type() == RawMqtt.PUBACK || answer.type() == RawMqtt.DISCONNECT || answer.type() == 0,
                "answered by a packet of type " + answer.type());
    }

    /** Reads to the end; that there is one is what is asserted. */
    private static void drain(RawMqtt client) {
        while (client.read().type() != 0) {
            Thread.onSpinWait();
        }
    }

    /** Sends one hostile input by HTTP. */
    void http() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.http.actualPort())) {
            socket.setSoTimeout(30_000);
            boolean isWhole = random.nextInt(3) > 0;
            byte[] request = isWhole ? request(payload()) : broken();
            try {
                socket.getOutputStream().write(request);
                if (!isWhole) {
                    socket.shutdownOutput();
                }
                assertStatus(socket.getInputStream().readAllBytes(), isWhole);
            } catch (SocketException closed) {
                // The server may close while the rest is still being written.
                assertTrue(!isWhole || request.length > 1_000_000, "closed without an answer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertStatus(byte[] answer, boolean isWhole) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        if (text.isEmpty() && !isWhole) {
            return;
        }
        // The server answers in the protocol it was spoken to in, even a damaged one: only the status is looked at.
        Matcher matcher = STATUS.matcher(text);
        assertTrue(matcher.lookingAt() && STATUSES.contains(Integer.valueOf(matcher.group(1))), text);
    }

    private byte[] broken() {
        byte[] request = request(payload());
        return switch (random.nextInt(4)) {
            case 0 -> noise(1 + random.nextInt(500));
            case 1 -> Arrays.copyOf(request, random.nextInt(Math.min(request.length, 500)));
            case 2 -> damaged(request);
            default ->
                joined(
                        text("POST /api/v1/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"),
                        text("Content-Type: application/cloudevents+json\r\n\r\nzz\r\n"));
        };
    }

    private byte[] request(byte[] data) {
        byte[] body = data;
        String type = "application/json\r\nce-specversion: 1.0\r\nce-type: vn.kydai.reading.v1";
        if (random.nextBoolean()) {
            boolean isBatch = random.nextBoolean();
            type = isBatch ? "application/cloudevents-batch+json" : "application/cloudevents+json";
            String start =
                    "{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"source\":\"/sources/gauge-1\",\"data\":";
            body = joined(text((isBatch ? "[" : "") + start), data, text(isBatch ? "}]" : "}"));
        }
        if (random.nextInt(200) == 0) {
            body = joined(body, text(" ".repeat(4_300_000)));
        }
        String head = "POST /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Authorization: Bearer secret-gw-1\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        return joined(text(head), body);
    }

    private byte[] payload() {
        return switch (random.nextInt(9)) {
            case 0 -> noise(random.nextInt(500));
            case 1 -> text("[".repeat(1 + random.nextInt(20_000)));
            case 2 -> text("{\"a\":".repeat(1 + random.nextInt(5_000)));
            case 3 ->
                text("{\"metric\":\"rain\",\"value\":" + "9".repeat(1 + random.nextInt(2_000)) + ",\"unit\":\"mm\"}");
            case 4 -> text("{\"metric\":\"rain\",\"value\":1e" + random.nextInt() + ",\"unit\":\"mm\"}");
            case 5 -> text("{\"metric\":{},\"value\":[[]],\"unit\":null,\"seq\":\"" + random.nextInt() + "\"}");
            case 6 -> joined(text("{\"metric\":\"rain"), noise(5), text("\",\"value\":1,\"unit\":\"mm\"}"));
            case 7 -> text("{\"id\":\"\\ud800\",\"time\":\"9999-99-99T99:99:99Z\",\"metric\":\"\\u0000\"}");
            default -> text(random.nextInt(5) == 0 ? "x".repeat(60_000 + random.nextInt(140_000)) : "");
        };
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] damaged(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        RawMqtt.Bytes bytes = new RawMqtt.Bytes();
        for (byte[] part : parts) {
            bytes = bytes.raw(part);
        }
        return bytes.bytes();
    }
}
