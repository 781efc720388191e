package vn.kydai.wall;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import vn.kydai.bus.Topic;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;

/** The wall stage: pictures in, documents and patches out. */
public final class WallVerticle extends VerticleBase {
    private final WallParts parts;
    private final WallMetrics metrics;
    private final Promise<Void> firstShown = Promise.promise();
    private volatile @Nullable Hub hub;
    private @Nullable Picture newest;
    private @Nullable MessageConsumer<Message> pictures;

    public WallVerticle(WallParts parts) {
        this.parts = parts;
        this.metrics = new WallMetrics(parts.meters(), parts.settings(), parts.clock());
    }

    /** Adds the wall's routes, which must lie behind sign-in; until this verticle runs they answer 503. */
    public void mount(Router router) {
        DocumentRoute document = new DocumentRoute(() -> hub, parts.journal(), parts.clock());
        SocketRoute socket = new SocketRoute(() -> hub, parts, metrics);
        router.get("/api/v1/areas/:area/wall").handler(document::handle);
        router.get("/api/v1/wall").handler(socket::handle);
    }

    /** Returns what completes once there is something to show; until then the routes answer 503. */
    public Future<Void> firstShown() {
        return firstShown.future();
    }

    @Override
    public Future<?> start() {
        Hub opened = new Hub(vertx, context, parts, metrics);
        pictures = Topic.PICTURES.subscribe(vertx.eventBus(), picture -> keepNewest(opened, picture));
        vertx.setPeriodic(parts.settings().heartbeatMs(), id -> opened.beat());
        hub = opened;
        return Future.succeededFuture();
    }

    /** Pictures that come while one is being shown are passed over: only the newest counts. */
    private void keepNewest(Hub opened, Picture picture) {
        boolean isFirst = newest == null;
        newest = picture;
        if (isFirst) {
            context.runOnContext(v -> {
                Picture next = newest;
                newest = null;
                if (next != null) {
                    opened.show(next);
                    firstShown.tryComplete();
                }
            });
        }
    }

    @Override
    public Future<?> stop() {
        Hub opened = hub;
        if (opened == null || pictures == null) {
            return Future.succeededFuture();
        }
        return pictures.unregister().eventually(opened::stop);
    }
}
