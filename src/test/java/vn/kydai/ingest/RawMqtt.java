package vn.kydai.ingest;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** MQTT packet by packet over a plain socket: for what a well-behaved client never sends. */
public final class RawMqtt implements AutoCloseable {
    public static final int CONNACK = 2;
    public static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    private final Socket socket;
    private final int version;

    /**
     * A packet from the server.
     *
     * @param type its type; 0 when the server closed instead
     */
    public record Packet(int type, String body) {
        static final Packet CLOSED = new Packet(0, "");

        /** Returns one byte of its body. */
        public int at(int index) {
            return body.length() > index ? body.charAt(index) & 0xff : 0;
        }
    }

    /** Connects to a port on loopback, by MQTT 5 or 3.1.1 (4). */
    public RawMqtt(int port, int version) {
        this.version = version;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and signs in as a device of the town. */
    static RawMqtt signedIn(int port, int version, String device) {
        RawMqtt client = new RawMqtt(port, version);
        client.connect("client", device, "secret-" + device);
        Packet answer = client.read();
        if (answer.type() != CONNACK || answer.at(1) != 0) {
            throw new AssertionError("refused: " + answer.at(1));
        }
        return client;
    }

    /** Says who it is. */
    public void connect(String clientId, String user, String password) {
        send(connectPacket(clientId, user, password, new byte[0]));
    }

    void connect(String clientId, String user, String password, int keepAliveSeconds) {
        send(connectPacket(clientId, user, password, new byte[0], keepAliveSeconds));
    }

    byte[] connectPacket(String clientId, String user, String password, byte[] properties) {
        return connectPacket(clientId, user, password, properties, 60);
    }

    private byte[] connectPacket(
            String clientId, String user, String password, byte[] properties, int keepAliveSeconds) {
        Bytes body = new Bytes()
                .text("MQTT")
                .octet(version)
                .octet(user.isEmpty() ? 0x02 : 0xc2)
                .uint16(keepAliveSeconds);
        if (version == 5) {
            body = body.octet(properties.length).raw(properties);
        }
        body = body.text(clientId);
        if (!user.isEmpty()) {
            body = body.text(user).text(password);
        }
        return packet(0x10, body.bytes());
    }

    /** Publishes a message. */
    public void publish(int qos, int packetId, String topic, String payload) {
        send(publishPacket(qos, packetId, topic, payload.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] publishPacket(int qos, int packetId, String topic, byte[] payload) {
        Bytes body = new Bytes().text(topic);
        if (qos > 0) {
            body = body.uint16(packetId);
        }
        if (version == 5) {
            body = body.octet(0);
        }
        return packet(0x30 | (qos << 1), body.raw(payload).bytes());
    }

    void release(int packetId) {
        send(packet(0x62, new Bytes().uint16(packetId).bytes()));
    }

    void ping() {
        send(packet(0xc0, new byte[0]));
    }

    void subscribe(int packetId, String... filters) {
        Bytes body = new Bytes().uint16(packetId);
        if (version == 5) {
            body = body.octet(0);
        }
        for (String filter : filters) {
            body = body.text(filter).octet(1);
        }
        send(packet(0x82, body.bytes()));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will come; what the server says can still be read. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next packet, waiting for it. */
    public Packet read() {
        try {
            InputStream in = socket.getInputStream();
            int first = in.read();
            if (first < 0) {
                return Packet.CLOSED;
            }
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.read();
                length |= (digit & 0x7f) << shift;
                shift += 7;
            } while ((digit & 0x80) != 0);
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("cut packet");
            }
            return new Packet(first >> 4, new String(body, StandardCharsets.ISO_8859_1));
        } catch (SocketException reset) {
            return Packet.CLOSED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] packet(int first, byte[] body) {
        Bytes packet = new Bytes().octet(first);
        int rest = body.length;
        do {
            packet = packet.octet((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
            rest >>= 7;
        } while (rest > 0);
        return packet.raw(body).bytes();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Grows a packet. */
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes octet(int value) {
            out.write(value);
            return this;
        }

        Bytes uint16(int value) {
            return raw(Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(value).array(), 2, 4));
        }

        Bytes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return uint16(utf8.length).raw(utf8);
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
