package vn.kydai.browser;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A browser before a server that shows a day, server and day new for each test: it begins at the same second of that day however
 * long the tests before it took. The browser's clock is the day's.
 */
abstract class WallPages {
    @SuppressWarnings("NullAway.Init")
    static Browser browser;

    @SuppressWarnings("NullAway.Init")
    static Vertx vertx;

    final WallDay day = new WallDay();
    final WallServer server = new WallServer(vertx, day);
    private String clock = "";

    @BeforeAll
    static void startBrowser() {
        vertx = Vertx.vertx();
        browser = Browser.start();
        browser.viewport(1920, 1080);
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
        vertx.close().onFailure(failure -> {});
    }

    @BeforeEach
    void setClock() {
        clock = browser.shiftClock(Duration.between(InstantSource.system().instant(), day.now()));
    }

    @AfterEach
    void stopServer() {
        browser.forget(clock);
        browser.open("about:blank");
        server.close();
    }
}
