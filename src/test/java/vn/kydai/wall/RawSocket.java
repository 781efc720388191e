package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client on bare TCP that reads only when told to, with a small receive buffer. */
public final class RawSocket implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4_096;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final Socket socket = new Socket();

    /** What came in one message: a text, or the code of a close. */
    record Message(String text, int closeCode) {}

    /** Opens a wall's socket on loopback and signs in. */
    public RawSocket(int port, String token) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        write("GET /api/v1/wall HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: kydai.wall.v1\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        String head = head();
        assertTrue(head.startsWith("HTTP/1.1 101"), head);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(socket.getInputStream().read());
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Sends a short text; RFC 6455 wants it masked, and a mask of zeros is one. */
    public void send(String text) throws IOException {
        byte[] payload = text.replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
        assertTrue(payload.length < 126, "short texts only");
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) (0x80 | TEXT);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        socket.getOutputStream().write(frame);
    }

    /** Reads the next message, put together from its frames. */
    Message read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if ((first & 0x0f) == CLOSE) {
                return new Message("", (payload[0] & 0xff) << 8 | (payload[1] & 0xff));
            }
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                return new Message(message.toString(StandardCharsets.UTF_8), 0);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
