package vn.kydai.browser;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A browser whose clock is that of a day, before a server that shows the day, a new one for each test. */
abstract class WallPages {
    @SuppressWarnings("NullAway.Init")
    static WallDay day;

    @SuppressWarnings("NullAway.Init")
    static Browser browser;

    @SuppressWarnings("NullAway.Init")
    static Vertx vertx;

    final WallServer server = new WallServer(vertx, day);

    @BeforeAll
    static void startBrowser() {
        day = new WallDay();
        vertx = Vertx.vertx();
        browser = Browser.start();
        browser.viewport(1920, 1080);
        browser.shiftClock(Duration.between(InstantSource.system().instant(), day.now()));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
        vertx.close().onFailure(failure -> {});
    }

    @AfterEach
    void stopServer() {
        browser.open("about:blank");
        server.close();
    }
}
