package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wall shows of a document. Screens go to {@code target/screens}, to be looked at. */
class WallPageIT {
    private static final int MAX_REQUESTS = 40;
    private static final int MAX_BYTES = 230_000;
    private static final Vertx VERTX = Vertx.vertx();
    private static final WallDay DAY = new WallDay();

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    private final WallServer server = new WallServer(VERTX, DAY);

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
        browser.viewport(1920, 1080);
        browser.shiftClock(Duration.between(InstantSource.system().instant(), DAY.now()));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
        VERTX.close().onFailure(failure -> {});
    }

    @AfterEach
    void stopServer() {
        browser.open("about:blank");
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vi", "en"})
    void fitsItsBoxesSilentlyFromOneOriginWithinTheBudget(String language) {
        // Given
        browser.forgetLogs();

        // When
        WallPage page = WallPage.open(browser, server, "lang=" + language);
        page.settle();

        // Then
        browser.screenshot("wall-" + language);
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(), page.clipped());
        assertEquals(List.of(), foreign(browser.network()));
        assertTrue(server.served().size() <= MAX_REQUESTS, () -> server.served().size() + ": " + server.served());
        assertTrue(server.servedBytes() <= MAX_BYTES, () -> server.servedBytes() + " bytes");
        assertEquals(language, browser.ask("return document.documentElement.lang"));
    }

    private static List<String> foreign(List<String> network) {
        return network.stream()
                .filter(event -> event.contains("\"Network.requestWillBeSent\""))
                .filter(event -> !event.contains("\"url\":\"http://127.0.0.1:") && !event.contains("\"url\":\"data:"))
                .toList();
    }

    @Test
    void writesFiguresAsVietnameseReadersDo() {
        WallPage page = WallPage.open(browser, server, "");
        assertEquals(List.of("431", "1.286", "96,4", "14", "17", "96,2"), browser.texts(".kpi .v span"));
        assertEquals("cùng giờ mọi ngày 398", page.caption("received"));
        assertEquals("mục tiêu tối đa 15 phút", page.caption("waitMean"));
        assertEquals("238 phiếu · mục tiêu từ 90%", page.caption("satisfaction"));
        assertEquals("Sịa 20 34 96 1 96,8%", page.desks().get(0));
        assertEquals(11, page.desks().size());
    }

    @Test
    void neverRoundsToTheBetterSide() {
        WallPage page = WallPage.open(browser, server, "");
        String shown = String.valueOf(
                browser.ask("return import('/js/format.js').then(f => [f.percent(0.9996), f.percent(0.0004, 'low'),"
                        + " f.percent(0.017, 'low', 2), f.percent(1), f.minutes(901), f.percent(0.967)].join(' '))"));
        assertEquals("99,9 0,1 1,70 100 16 96,7", shown);
        assertEquals("96,4", page.kpi("onTimeRate"));
    }

    @Test
    void showsConditionsWhereNoAlarmStageRaisesThem() {
        WallPage page = WallPage.open(browser, server, "");
        assertEquals(
                List.of(
                        "Mưa vượt 50 mm",
                        "Sông Bồ · Phú Ốc trên BĐ II",
                        "Cồn Tộc trên BĐ I",
                        "Đúng hạn dưới mục tiêu",
                        "Độ mặn, Q. Công mất tín hiệu",
                        "Hồ sơ quá hạn vượt mục tiêu"),
                page.titles());
        assertTrue(browser.text(".alarms .foot").startsWith("và "));
        assertEquals(0, page.animations());
        assertEquals(0, browser.count("return document.querySelectorAll('.alist .solid').length"));
    }

    @Test
    void flashesOnlyTheMarksOfUnacknowledgedAlarms() {
        server.show(DAY.alarmed());
        WallPage page = WallPage.open(browser, server, "");
        page.settle();
        browser.screenshot("wall-alarms");
        assertEquals(2, browser.count("return document.querySelectorAll('.alist .flash').length"));
        assertEquals(2, browser.count("return document.querySelectorAll('.alist .unack').length"));
        assertEquals(
                0,
                browser.count(
                        "return document.getAnimations().filter(a => a.animationName && a.effect.target.matches('b, span, li')).length"));
        assertTrue(browser.text(".alarms .foot").endsWith("1 tạm ẩn"));
        assertEquals(List.of(), page.clipped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vi", "en"})
    void saysThatDesksAreClosedWhyAndUntilWhen(String language) {
        server.show(DAY.holiday());
        WallPage page = WallPage.open(browser, server, "lang=" + language);
        page.settle();
        browser.screenshot("wall-holiday-" + language);
        String chip = browser.text(".closed").replace('\n', '|');
        assertEquals(
                language.equals("vi")
                        ? "Một cửa đóng cửa|Ngày Văn hóa Việt Nam · mở lại 07:30 26/11"
                        : "Desks are closed|Ngày Văn hóa Việt Nam · open 07:30 26/11",
                chip);
        assertEquals("431", page.kpi("received"));
        assertEquals(List.of(), page.clipped());
    }

    @Test
    void showsNoFalseFiguresBeforeTheFirstDossier() {
        server.show(DAY.morning());
        WallPage page = WallPage.open(browser, server, "");
        assertEquals(List.of("0", "—", "—", "—", "—", "7/8"), browser.texts(".kpi .v span"));
        assertEquals("Sịa — — — — —", page.desks().get(0));
        assertEquals(List.of(), page.clipped());
    }

    @Test
    void showsACommuneItsOwnFigures() {
        server.show(DAY.leaf());
        WallPage page = WallPage.open(browser, server, "scope=19894");
        page.settle();
        browser.screenshot("wall-commune");
        assertTrue(server.heard().get(0).contains("\"scope\":\"19894\""));
        assertEquals("Số liệu trong ngày", browser.text(".desks h2"));
        assertTrue(
                page.desks().contains("Đúng hạn 100% từ 95%"),
                () -> page.desks().toString());
        assertEquals(List.of(), page.clipped());
    }

    @Test
    void showsOnlyTheNewestOfABurstAndMovesNothing() {
        // Given
        WallPage page = WallPage.open(browser, server, "");
        page.settle();
        browser.run("""
                window.changes = 0; window.shift = 0;
                new MutationObserver(() => window.changes++).observe(document.querySelector('#kpi-received .v span'),
                    { subtree: true, childList: true, characterData: true });
                new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))
                    .observe({ type: 'layout-shift' });""");

        // When
        for (int count = 432; count <= 831; count++) {
            ObjectNode patch = WallDay.node();
            patch.putObject("figures").putObject("received").put("value", count);
            server.patch(patch);
        }
        browser.await("the newest", () -> page.kpi("received").equals("831"));

        // Then
        assertTrue(browser.count("return window.changes") <= 6, "at most two a second");
        assertTrue(((Number) browser.ask("return window.shift")).doubleValue() < 0.005, "nothing moves");
    }

    @Test
    void isReadableWithoutEyes() {
        WallPage.open(browser, server, "").settle();
        assertEquals(
                0,
                browser.count(
                        "return [...document.querySelectorAll('img')].filter(e => !e.hasAttribute('alt')).length"));
        assertEquals(
                0,
                browser.count(
                        "return document.querySelectorAll('svg:not([aria-hidden]):not([role=img]), [role=img]:not([aria-label])').length"));
        assertEquals(
                0,
                browser.count(
                        "return document.querySelectorAll('section:not([aria-label]):not([aria-labelledby]), th:not([scope])').length"));
        assertEquals(1, browser.count("return document.querySelectorAll('h1').length"));
        assertEquals("none", browser.ask("return getComputedStyle(document.body).cursor"));
    }
}
