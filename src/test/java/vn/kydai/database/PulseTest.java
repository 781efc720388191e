package vn.kydai.database;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL behind a network that swallows everything, as after a cut that nobody was told of. */
class PulseTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean isMute = new AtomicBoolean();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private int proxy(PgConnectOptions to) throws TimeoutException {
        NetClient client = vertx.createNetClient();
        NetServer server = vertx.createNetServer().connectHandler(near -> {
            near.pause();
            Future<NetSocket> dialled = client.connect(to.getPort(), to.getHost());
            dialled.onSuccess(far -> {
                far.handler(bytes -> pass(near.write(bytes)));
                near.handler(bytes -> {
                    if (!isMute.get()) {
                        pass(far.write(bytes));
                    }
                });
                near.closeHandler(closed -> pass(far.close()));
                far.closeHandler(closed -> pass(near.close()));
                near.resume();
            });
        });
        return server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    private static void pass(Future<Void> written) {
        written.onFailure(gone -> {});
    }

    private void until(boolean isBeating, Pulse pulse) throws TimeoutException {
        for (int look = 0; look < 200 && pulse.isBeating() != isBeating; look++) {
            vertx.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
        assertTrue(pulse.isBeating() == isBeating, "beating: " + pulse.isBeating());
    }

    @Test
    void aMuteDatabaseIsNoticedAndSoIsItsReturn() throws TimeoutException {
        PgConnectOptions options = TestDatabase.freshDatabase().options();
        Pulse pulse = new Pulse(
                vertx, new PgConnectOptions(options).setHost("127.0.0.1").setPort(proxy(options)));
        pulse.start();
        isMute.set(true);
        until(false, pulse);

        isMute.set(false);

        until(true, pulse);
        pulse.stop().await(10, TimeUnit.SECONDS);
    }
}
