package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wall's link: it signs in, falls silent, dies and comes back, and the page never lies about it. */
class WallLinkIT extends WallPages {
    private static final int TRIES = 4;

    @AfterEach
    @Override
    void stopServer() {
        super.stopServer();
        browser.forgetCookies();
    }

    @Test
    void exchangesTheLinksTokenAndHidesIt() {
        WallPage.open(browser, server, "lang=vi").settle();
        assertEquals(server.url("/wall?lang=vi"), browser.address());
        assertEquals(1, server.heard().size());
        assertTrue(server.heard().get(0).contains("\"scope\":\"477\""), "the token's own area");

        browser.open(server.url("/wall?again"));
        browser.awaitLink("live");
    }

    @Test
    void saysHowToGetALinkWhenItHasNone() {
        browser.open(server.url("/wall"));
        browser.awaitLink("signedOut");
        browser.screenshot("wall-signed-out");
        assertTrue(browser.text(".notice").contains("kydai token add --role wall"));
    }

    @Test
    void saysThatALinkIsNoLongerGood() {
        browser.open(server.url("/wall#token=revoked"));
        browser.awaitLink("signedOut");
        assertEquals("Liên kết này không còn hiệu lực", browser.text(".notice h2"));
        assertFalse(browser.address().contains("revoked"));
    }

    @Test
    void saysThatItMayNotSeeAnArea() {
        server.forbid();
        browser.open(server.url("/wall?scope=46#token=" + WallServer.TOKEN));
        browser.awaitLink("forbidden");
        assertEquals("Màn hình này không được xem khu vực 46", browser.text(".notice h2"));
    }

    @Test
    void distrustsItsNumbersWhenNothingIsHeardAndTrustsThemAgain() {
        // Given
        WallPage page = WallPage.open(browser, server, "");

        // When
        server.mute(true);
        browser.awaitLink("stale");

        // Then
        browser.screenshot("wall-stale");
        assertTrue(browser.text(".banner").startsWith("Máy chủ chưa gửi số liệu mới "));
        assertEquals(List.of(), page.clipped());
        server.mute(false);
        browser.awaitLink("live");
        assertEquals("", browser.text(".banner"));
    }

    @Test
    void survivesTheServersRestartWithoutAReload() {
        // Given
        WallPage page = WallPage.open(browser, server, "");
        browser.run("window.mine = 1");

        // When
        int port = server.die();
        browser.awaitLink("reconnecting");
        browser.await("countdown", () -> browser.text(".link small").startsWith("Thử lại sau "));
        browser.screenshot("wall-disconnected");
        assertTrue(browser.text(".banner").startsWith("Mất kết nối máy chủ."));
        ObjectNode next = day.document();
        ((ObjectNode) next.path("figures").path("received")).put("value", 500);
        server.show(next);
        server.returnOn(port);

        // Then
        browser.awaitLink("live");
        browser.await("the new server's figures", () -> page.kpi("received").equals("500"));
        assertEquals(1, browser.count("return window.mine"));
        assertFalse(
                server.heard().get(server.heard().size() - 1).contains("after"), "another epoch: nothing to resume");
    }

    @Test
    void resumesWhereItStoppedWithTheSameServer() {
        WallPage.open(browser, server, "").settle();
        server.cut();
        browser.await("subscribed again", () -> server.heard().size() == 2);
        assertTrue(server.heard().get(1).contains("\"after\":{\"epoch\":\"2026-11-25T00:30:11Z\",\"seq\":513}"));
        browser.awaitLink("live");
    }

    @Test
    void neverAppliesAPatchAfterAGap() {
        // Given
        WallPage page = WallPage.open(browser, server, "");
        ObjectNode patch = WallDay.node();
        patch.putObject("figures").putObject("received").put("value", 999);
        ObjectNode next = day.document();
        ((ObjectNode) next.path("figures").path("received")).put("value", 470);
        server.show(next);

        // When
        for (int times = 0; times < 5; times++) {
            server.patchAfterGap(patch);
        }

        // Then
        browser.await("the new snapshot", () -> page.kpi("received").equals("470"));
        assertTrue(server.heard().size() <= 3, () -> "asked again too often: " + server.heard());
    }

    @Test
    void reloadsOnceForANewBuild() {
        // Given
        WallPage.open(browser, server, "").settle();
        browser.run("window.mine = 1");
        server.deploy("0.2.0+test");

        // When
        server.cut();
        browser.await("reloaded", () -> browser.count("return window.mine ?? 0") == 0);
        browser.awaitLink("live");
        server.cut();
        browser.await("connected again", () -> server.heard().size() == 3);
        browser.awaitLink("live");

        // Then
        assertEquals(2, server.served().stream().filter("/wall"::equals).count());
    }

    @Test
    void tellsThatThePcsClockIsWrong() {
        try (WallServer ahead = new WallServer(
                vertx, new WallDay(Duration.between(day.now(), WallDay.START).plusMinutes(5)))) {
            WallPage.open(browser, ahead, "").settle();
            assertTrue(browser.text(".link small").startsWith("Giờ máy này chậm "), () -> browser.text(".link small"));
        }
    }

    @Test
    void keepsStillForThoseWhoAskForIt() {
        server.show(day.alarmed());
        browser.reducedMotion(true);
        WallPage page = WallPage.open(browser, server, "");
        browser.await("alarms", () -> page.titles().size() == 6);
        assertEquals(0, page.animations());
        browser.reducedMotion(false);
    }

    @Test
    void showsAlarmsRaisedWhileItWasCutOff() {
        // Given
        WallPage page = WallPage.open(browser, server, "");
        int port = server.die();
        browser.awaitLink("reconnecting");

        // When
        server.show(day.alarmed());
        server.returnOn(port);

        // Then
        browser.awaitLink("live");
        browser.await("the alarm", () -> page.titles().contains("Bến Sịa trên BĐ I"));
        assertEquals(2, browser.count("return document.querySelectorAll('.alist .unack').length"));
    }

    @Test
    void paintsOnlyTheNewestAfterSleep() {
        // Given
        WallPage page = WallPage.open(browser, server, "");
        page.settle();
        browser.run("""
                window.changes = 0;
                new MutationObserver(() => window.changes++).observe(document.querySelector('#kpi-received .v span'),
                    { subtree: true, childList: true, characterData: true });""");
        browser.sleep(Duration.ofSeconds(4));

        // When
        for (int count = 432; count <= 831; count++) {
            ObjectNode patch = WallDay.node();
            patch.putObject("figures").putObject("received").put("value", count);
            server.patch(patch);
        }

        // Then
        browser.await("the newest", () -> page.kpi("received").equals("831"));
        assertTrue(
                browser.count("return window.changes") <= 3, () -> "painted " + browser.ask("return window.changes"));
    }

    @Test
    void twoWallsReturnWithoutSteppingTogether() {
        try (Browser other = Browser.startUnwatched()) {
            // Given
            WallPage.open(browser, server, "");
            WallPage.open(other, server, "");

            // When
            server.goAway();
            browser.await(
                    "four attempts each",
                    () -> nanosOf("1").size() >= TRIES && nanosOf("2").size() >= TRIES);

            // Then
            List<Long> apart = new ArrayList<>();
            for (int attempt = 0; attempt < TRIES; attempt++) {
                apart.add(Math.abs(nanosOf("1").get(attempt) - nanosOf("2").get(attempt)) / 1_000_000);
            }
            System.out.println("two walls' attempts to return lie so many ms apart: " + apart);
            assertTrue(apart.stream().anyMatch(milliseconds -> milliseconds > 100), apart::toString);
        }
    }

    private List<Long> nanosOf(String session) {
        return server.attempts().stream()
                .filter(attempt -> attempt.session().equals(session))
                .map(WallServer.Attempt::nanos)
                .toList();
    }
}
