package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Reason;
import vn.kydai.ingest.RawMqtt;
import vn.kydai.it.GeneratedEvents.Generated;
import vn.kydai.it.GeneratedSender.Answers;

/**
 * Publishes events at QoS 1 in MQTT 5 or 3.1.1, flat and structured in turns, each on the topic of its kind; what was not
 * acknowledged when a connection ended goes over the next one, as QoS 1 asks of a client.
 */
public final class GeneratedMqtt implements GeneratedSender.Way {
    private static final int WINDOW = 20;
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int NOT_AUTHORIZED_3 = 5;
    private static final int BAD_CREDENTIALS_3 = 4;
    private static final int BAD_CREDENTIALS_5 = 0x86;
    private static final int NOT_AUTHORIZED_5 = 0x87;
    private static final int REASON_STRING = 0x1f;

    private final int port;
    private final int version;
    private final String user;
    private final String token;
    private final String topics;
    private @Nullable RawMqtt client;

    /**
     * Connects when it sends.
     *
     * @param version 5, or 4 for 3.1.1
     * @param user who signs in: the source itself, or the gateway before it
     */
    public GeneratedMqtt(int port, int version, String user, String token, String area, String source) {
        this.port = port;
        this.version = version;
        this.user = user;
        this.token = token;
        this.topics = "kydai/v1/" + area + "/" + source + "/";
    }

    @Override
    public String text(Generated event) {
        return event.number() % 2 == 0 ? event.flat() : event.json();
    }

    @Override
    public Answers send(List<Generated> batch, Gate gate) throws InterruptedException {
        @Nullable String[] reasons = new String[batch.size()];
        while (Arrays.stream(reasons).anyMatch(reason -> reason == null)) {
            gate.await();
            try {
                publish(batch, reasons);
            } catch (UncheckedIOException gone) {
                close();
            }
            if (client == null) {
                LockSupport.parkNanos(AGAIN_NS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        return new Answers(Arrays.asList(reasons), version == 5, 0);
    }

    private void publish(List<Generated> batch, @Nullable String[] reasons) {
        RawMqtt connected = client == null ? connect() : client;
        client = connected;
        int inFlight = 0;
        for (int index = 0; connected != null && index < batch.size(); index++) {
            if (reasons[index] == null) {
                Generated event = batch.get(index);
                connected.publish(1, index + 1, topics + event.kind(), text(event));
                inFlight++;
            }
            while (inFlight > 0 && (inFlight == WINDOW || index == batch.size() - 1)) {
                if (!hear(connected, reasons)) {
                    close();
                    return;
                }
                inFlight--;
            }
        }
    }

    /** Returns nothing where the server lets nobody in just now. */
    private @Nullable RawMqtt connect() {
        RawMqtt fresh = new RawMqtt(port, version);
        fresh.connect("generated", user, token);
        RawMqtt.Packet answer = fresh.read();
        if (answer.type() == RawMqtt.CONNACK && answer.at(1) == 0) {
            return fresh;
        }
        fresh.close();
        boolean isRefused = answer.type() == RawMqtt.CONNACK
                && List.of(NOT_AUTHORIZED_3, BAD_CREDENTIALS_3, BAD_CREDENTIALS_5, NOT_AUTHORIZED_5)
                        .contains(answer.at(1));
        assertTrue(!isRefused, () -> user + " is refused: " + answer.at(1));
        return null;
    }

    /** Takes one acknowledgement; false where the connection ends instead. */
    private boolean hear(RawMqtt connected, @Nullable String[] reasons) {
        RawMqtt.Packet answer = connected.read();
        if (answer.type() != RawMqtt.PUBACK) {
            return false;
        }
        int code = answer.at(2);
        byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        String reason =
                answer.at(4) == REASON_STRING ? new String(body, 7, body.length - 7, StandardCharsets.UTF_8) : "";
        int expected = Arrays.stream(Reason.values())
                .filter(known -> known.id().equals(reason))
                .mapToInt(Reason::mqttCode)
                .findFirst()
                .orElse(0);
        assertEquals(expected, code, () -> "the code of " + reason);
        reasons[(answer.at(0) << 8 | answer.at(1)) - 1] = reason;
        return true;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
