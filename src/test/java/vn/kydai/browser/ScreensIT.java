package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every screen in both languages at one fixed instant: whole, readable by all, from one origin, small, and as it was. */
class ScreensIT {
    private static final Budget REQUESTS = new Budget("requests of a screen", 40, "requests");
    /** The desk is opened once a shift, and has more parts. */
    private static final Budget DESK_REQUESTS = new Budget("requests of the operator's desk", 54, "requests");

    private static final Budget PIXELS =
            new Budget("difference of a screen from its kept picture", Pictures.PIXEL_TOLERANCE, "pixels");
    private static final Budget BYTES = new Budget("compressed size of a screen", 230, "KB");
    /** Longer than the slowest panel takes from one paint to the next. */
    private static final int STILL_MS = 700;

    /** Beginning of the names of the screens that are looked at; all, unless somebody works on one. */
    private static final String ONLY = System.getProperty("kydai.screens.only", "");

    private static final String READY = "const { ready, link } = document.documentElement.dataset;"
            + " return ready !== undefined && (link ?? 'live') === 'live'";
    private static final Vertx VERTX = Vertx.vertx();
    private static final WallDay DAY = WallDay.standing();

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    private static Worst requests = new Worst(0, "nothing");
    private static Worst deskRequests = new Worst(0, "nothing");
    private static Worst bytes = new Worst(0, "nothing");
    private static Worst pixels = new Worst(0, "none");

    private final WallServer server = new WallServer(VERTX, DAY);

    /** The largest of what was measured so far. */
    private record Worst(double measured, String where) {
        Worst or(double other, String there) {
            return other > measured ? new Worst(other, there) : this;
        }
    }

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
        browser.viewport(1920, 1080);
        browser.standClock(WallDay.START);
    }

    @AfterAll
    static void sayBudgetsAndStopBrowser() {
        REQUESTS.say(requests.measured(), requests.where());
        DESK_REQUESTS.say(deskRequests.measured(), deskRequests.where());
        BYTES.say(bytes.measured(), bytes.where());
        PIXELS.say(pixels.measured(), pixels.where());
        browser.close();
        VERTX.close().onFailure(failure -> {});
    }

    @AfterEach
    void stopServer() {
        browser.open("about:blank");
        server.close();
        browser.viewport(1920, 1080);
    }

    static Stream<Arguments> screens() {
        return Screen.ALL.stream()
                .filter(screen -> screen.name().startsWith(ONLY))
                .flatMap(screen -> Stream.of("vi", "en").map(language -> Arguments.of(screen, language)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("screens")
    void isWholeReadableLocalSmallAndAsItWas(Screen screen, String language) throws IOException {
        // Given
        String name = screen.name() + "-" + language;
        server.show(screen.document().apply(DAY));
        server.showPast(DeskDay.past(DAY));
        SetUpAnswers.give(server);
        ReportAnswers.give(server);
        DeskDay.give(server);
        browser.forgetLogs();

        // When
        browser.open(server.url(screen.address(language)));
        byte[] picture = stillPicture();

        // Then
        int served = server.served().size();
        double kilobytes = server.servedBytes() / 1000.0;
        boolean isDesk = screen.name().startsWith("operator");
        Budget limit = isDesk ? DESK_REQUESTS : REQUESTS;
        if (isDesk) {
            deskRequests = deskRequests.or(served, name);
        } else {
            requests = requests.or(served, name);
        }
        bytes = bytes.or(kilobytes, name);
        Pictures.Compared compared = Pictures.compare(name, picture);
        pixels = pixels.or(compared.pixels(), name);
        assertAll(
                () -> assertEquals(language, browser.ask("return document.documentElement.lang")),
                () -> assertEquals(Optional.empty(), compared.complaint()),
                () -> assertEquals(List.of(), Browser.foreign(browser.network()), "requests off the origin"),
                () -> assertTrue(served <= limit.limit(), () -> served + " requests: " + server.served()),
                () -> assertTrue(kilobytes <= BYTES.limit(), () -> kilobytes + " KB"),
                () -> assertEquals(List.of(), Inspection.clipped(browser), "clipped at 1080p"),
                () -> assertEquals(List.of(), Inspection.violations(browser), "axe"),
                () -> assertEquals(List.of(), clippedAt4K(), "clipped at 2160p"),
                () -> assertEquals(List.of(), browser.console(), "console"));
    }

    private static List<String> clippedAt4K() {
        browser.viewport(3840, 2160);
        browser.settle(STILL_MS);
        return Inspection.clipped(browser);
    }

    /** Waits until the page is loaded and two pictures in a row are the same. */
    private static byte[] stillPicture() {
        browser.await(() -> "ready: " + browser.console(), () -> (Boolean) browser.ask(READY));
        AtomicReference<byte[]> last = new AtomicReference<>(new byte[0]);
        browser.await("still", () -> {
            browser.settle(STILL_MS);
            browser.holdStill();
            byte[] next = browser.picture();
            return Arrays.equals(last.getAndSet(next), next);
        });
        return last.get();
    }
}
