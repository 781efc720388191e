package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.journal.Readmissions;
import vn.kydai.registry.SourceStore;

/** Hears of what a command beside the server leaves in the database, which then tells us: devices, and events to take again. */
final class SourceNews {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceNews.class);
    private static final long RECONNECT_MS = 1_000;

    private SourceNews() {}

    /** Begins to listen, until the lifecycle ends. */
    static Future<Void> listen(
            Vertx vertx,
            PgConnectOptions database,
            ConfigurationFeed feed,
            ReadmissionFeed readmissions,
            Lifecycle lifecycle) {
        PgSubscriber subscriber = PgSubscriber.subscriber(vertx, database);
        subscriber.reconnectPolicy(retries -> RECONNECT_MS);
        subscriber
                .channel(SourceStore.CHANNEL)
                .handler(changed -> feed.refresh()
                        .onFailure(cause -> LOGGER.atWarn().setCause(cause).log("could not read the sources anew")));
        subscriber
                .channel(Readmissions.CHANNEL)
                .handler(asked -> readmissions
                        .take()
                        .onFailure(cause -> LOGGER.atWarn().setCause(cause).log("could not take events again")));
        lifecycle.started("sources", subscriber::close);
        return subscriber.connect();
    }
}
