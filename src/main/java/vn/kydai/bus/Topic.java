package vn.kydai.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;

/**
 * A bus address and the one type that travels on it. The constants stand in flow order.
 *
 * @param address name on the event bus
 * @param type what every message on it is
 */
public record Topic<T extends Message>(String address, Class<T> type) {
    /** The journal has committed up to a position; readers pull. */
    public static final Topic<JournalHead> HEADS = new Topic<>("kydai.heads", JournalHead.class);

    /** The folds' newest picture, one a tick. */
    public static final Topic<Picture> PICTURES = new Topic<>("kydai.pictures", Picture.class);

    /** Tells every subscriber; nothing here may be the only copy, since a slow subscriber queues. */
    public void publish(EventBus bus, T message) {
        bus.publish(address, message);
    }

    /** Runs the handler on the caller's context for each message until unregistered. */
    public MessageConsumer<Message> subscribe(EventBus bus, Handler<T> handler) {
        return bus.localConsumer(address, message -> handler.handle(type.cast(message.body())));
    }
}
