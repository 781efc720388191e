package vn.kydai.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 3.1.1 connection that publishes with QoS 1: the least a client can do, since it shares the machine with what it
 * measures. What is sent in one go leaves in one write.
 */
final class MqttLine implements Line {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int PUBACK = 0x40;
    private static final int DISCONNECT = 0xe0;
    private static final int LEVEL_3_1_1 = 4;
    private static final int USER_PASSWORD_CLEAN = 0xc2;
    private static final int KEEP_ALIVE_S = 600;
    private static final int ANSWER_BYTES = 4;

    private final LoadOrder.Server server;
    private final Fleet.Member member;
    private final NetClient client;
    private final LineParts parts;
    private final Writer writer;
    private final Map<String, byte[]> topics = new HashMap<>();
    private final Promise<Void> opened = Promise.promise();
    private final int[] freeIds;
    private final long[] due;
    private int free;
    private Buffer out = Buffer.buffer();
    private Buffer in = Buffer.buffer();
    private @Nullable NetSocket socket;
    private boolean isOver;
    private Runnable whenRoom = () -> {};

    MqttLine(LoadOrder.Publish order, Fleet.Member member, NetClient client, LineParts parts) {
        this.server = order.server();
        this.member = member;
        this.client = client;
        this.parts = parts;
        this.writer = Writer.of(member, order.run(), order.mix());
        this.freeIds = new int[order.window()];
        this.due = new long[order.window() + 1];
        while (free < freeIds.length) {
            freeIds[free] = freeIds.length - free++;
        }
    }

    @Override
    public Future<Void> open(Runnable whenRoom) {
        this.whenRoom = whenRoom;
        client.connect(server.mqttPort(), server.mqttHost())
                .onSuccess(connected -> {
                    socket = connected;
                    connected.handler(this::heard);
                    connected.closeHandler(closed -> lost());
                    connected.write(connect()).onFailure(opened::tryFail);
                })
                .onFailure(opened::tryFail);
        return opened.future();
    }

    @Override
    public boolean hasRoom() {
        return free > 0 && !isOver;
    }

    @Override
    public void send(long dueNanos) {
        Outgoing event = writer.next(parts.epochMicros(dueNanos));
        int id = freeIds[--free];
        due[id] = dueNanos;
        byte[] topic = topics.computeIfAbsent(event.kind(), this::topic);
        byte[] payload = event.flat().getBytes(ISO_8859_1);
        out.appendByte((byte) PUBLISH_QOS_1);
        appendLength(out, 2 + topic.length + 2 + payload.length);
        out.appendUnsignedShort(topic.length)
                .appendBytes(topic)
                .appendUnsignedShort(id)
                .appendBytes(payload);
        parts.answers().sent(event);
        parts.wall().expect(member.id(), event, dueNanos);
    }

    @Override
    public void flush() {
        NetSocket connected = socket;
        if (connected != null && out.length() > 0) {
            Buffer full = out;
            out = Buffer.buffer();
            connected.write(full).onFailure(failure -> lost());
        }
    }

    @Override
    public void close() {
        isOver = true;
        NetSocket connected = socket;
        if (connected != null) {
            connected
                    .write(Buffer.buffer().appendByte((byte) DISCONNECT).appendByte((byte) 0))
                    .onComplete(written -> connected.close());
        }
    }

    private byte[] topic(String kind) {
        return ("kydai/v1/" + member.area() + "/" + member.id() + "/" + kind).getBytes(UTF_8);
    }

    private void heard(Buffer bytes) {
        in = in.length() == 0 ? bytes : in.appendBuffer(bytes);
        long now = System.nanoTime();
        int at = 0;
        // Every packet that may come here has four bytes.
        for (; in.length() - at >= ANSWER_BYTES; at += ANSWER_BYTES) {
            switch (in.getUnsignedByte(at)) {
                case CONNACK -> connected(in.getUnsignedByte(at + 3));
                case PUBACK -> acknowledged(in.getUnsignedShort(at + 2), now);
                default -> lost();
            }
        }
        in = at == in.length() ? Buffer.buffer() : in.getBuffer(at, in.length());
        if (!isOver) {
            whenRoom.run();
        }
    }

    private void connected(int code) {
        if (code == 0) {
            opened.tryComplete();
        } else {
            opened.tryFail(member.id() + " was refused with code " + code);
        }
    }

    private void acknowledged(int id, long now) {
        freeIds[free++] = id;
        parts.answers().acknowledged(due[id], now, 1);
    }

    private void lost() {
        opened.tryFail(member.id() + " lost its connection");
        if (!isOver) {
            isOver = true;
            parts.answers().failed("connection lost", freeIds.length - free);
        }
    }

    private Buffer connect() {
        Buffer body = Buffer.buffer();
        append(body, "MQTT");
        body.appendByte((byte) LEVEL_3_1_1)
                .appendByte((byte) USER_PASSWORD_CLEAN)
                .appendUnsignedShort(KEEP_ALIVE_S);
        append(body, member.id());
        append(body, member.id());
        append(body, member.token());
        Buffer packet = Buffer.buffer().appendByte((byte) CONNECT);
        appendLength(packet, body.length());
        return packet.appendBuffer(body);
    }

    private static void append(Buffer packet, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        packet.appendUnsignedShort(bytes.length).appendBytes(bytes);
    }

    private static void appendLength(Buffer packet, int length) {
        int rest = length;
        while (rest > 0x7f) {
            packet.appendByte((byte) ((rest & 0x7f) | 0x80));
            rest >>= 7;
        }
        packet.appendByte((byte) rest);
    }
}
