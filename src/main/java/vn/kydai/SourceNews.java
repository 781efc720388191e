package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.registry.SourceStore;

/** Hears of devices that a command beside the server registers in the database, which then tells us. */
final class SourceNews {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceNews.class);
    private static final long RECONNECT_MS = 1_000;

    private SourceNews() {}

    /** Begins to listen, until the lifecycle ends. */
    static Future<Void> listen(Vertx vertx, PgConnectOptions database, ConfigurationFeed feed, Lifecycle lifecycle) {
        PgSubscriber subscriber = PgSubscriber.subscriber(vertx, database);
        subscriber.reconnectPolicy(retries -> RECONNECT_MS);
        subscriber
                .channel(SourceStore.CHANNEL)
                .handler(changed -> feed.refresh()
                        .onFailure(cause -> LOGGER.atWarn().setCause(cause).log("could not read the sources anew")));
        lifecycle.started("sources", subscriber::close);
        return subscriber.connect();
    }
}
