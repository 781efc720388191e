package vn.kydai.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import vn.kydai.event.Message;

/**
 * Hands immutable messages over by reference. Vert.x would refuse a record, and copy one by serialization if it were
 * {@code Serializable}.
 */
public final class MessageHandover implements MessageCodec<Message, Message> {
    /** Registers this codec for every type of message; once per Vert.x instance. */
    public static void register(EventBus bus) {
        MessageHandover codec = new MessageHandover();
        bus.registerCodec(codec);
        bus.codecSelector(body -> body instanceof Message ? codec.name() : null);
    }

    @Override
    public void encodeToWire(Buffer buffer, Message message) {
        throw new IllegalStateException("local delivery only");
    }

    @Override
    public Message decodeFromWire(int pos, Buffer buffer) {
        throw new IllegalStateException("local delivery only");
    }

    @Override
    public Message transform(Message message) {
        return message;
    }

    @Override
    public String name() {
        return "kydai.message";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
