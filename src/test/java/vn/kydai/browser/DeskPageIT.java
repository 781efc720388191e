package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator's desk shows of a document. Screens go to {@code target/screens}, to be looked at. */
class DeskPageIT extends WallPages {
    private static final String UNSEEN = "queue-long:19867";
    private static final String UNSEEN_ROW = "tr[data-id=\"" + UNSEEN + "\"]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"vi|Cảnh báo dồn dập: 13 cảnh báo, cao nhất: Cao", "en|Alarm flood: 13 alarms, highest: High"})
    void inAFloodAlarmsOfOneCauseAreOneLineThatCanBeOpened(String language, String banner) {
        // Given
        server.show(WallPageIT.flooded(day));
        DeskDay.give(server);
        server.answer("/api/v1/alarms/history", "{\"complete\":true,\"steps\":[]}");
        browser.open(server.url("/operator?scope=477&lang=" + language + "#token=" + WallServer.TOKEN));
        browser.awaitLink("live");
        browser.await("the flood", () -> browser.count("return document.querySelectorAll('.alarmflood').length") > 0);
        List<String> causes = browser.texts(".rows tr.group td.t b");
        List<String> unreadable = Inspection.clipped(browser);
        List<String> violations = Inspection.violations(browser);
        browser.screenshot("operator-flood-" + language);
        long closed = rows();

        // When
        browser.click(".rows tr.group:last-child .btn");
        browser.await("opened", () -> rows() > closed);

        // Then
        assertEquals(banner, browser.text(".alarmflood span"));
        assertEquals(2, causes.size(), causes::toString);
        assertTrue(causes.get(0).endsWith("BĐ II (+2)"), causes::toString);
        assertTrue(causes.get(1).endsWith("(+9)"), causes::toString);
        assertEquals(0, closed);
        assertEquals(10, rows());
        assertEquals(List.of(), unreadable, "clipped");
        assertEquals(List.of(), violations, "axe");
    }

    @Test
    void aLinkSignsNobodyOutOfTheirDesk() {
        server.show(day.document());
        DeskDay.give(server);
        server.answer(
                "/api/v1/session",
                "{\"name\":\"lan\",\"display\":\"Trần Thị Lan\",\"role\":\"operator\",\"scope\":\"477\"}");

        browser.open(server.url("/operator?scope=477#token=" + WallServer.TOKEN));

        browser.await("the token is forgotten", () -> browser.count("return location.hash.length") == 0);
        browser.await("known", () -> browser.texts(".who b").contains("Trần Thị Lan"));
        assertEquals(0, server.exchanged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "s"})
    void whatIsTypedRightAfterAFormsKeyIsTheFormsTextAndDoesNothingToTheAlarm(String key) {
        // Given
        sitDown();
        browser.run("document.querySelector('" + UNSEEN_ROW + "').focus()");
        browser.run("window.requestAnimationFrame = () => 0"); // nothing is painted any more

        // When
        browser.press(key + "ghi a h m t u r ?");

        // Then
        assertEquals("ghi a h m t u r ?", browser.ask("return document.activeElement.value"));
        assertEquals(List.of(), deeds());
        assertEquals(0, browser.count("return document.querySelectorAll('dialog').length"));
    }

    @Test
    void aFormWithoutAFieldLeavesNoKeyToTheAlarmBehindIt() {
        // Given
        sitDown();
        server.answer("/api/v1/alarms", heldBy("huy", UNSEEN));
        server.patch(WallDay.node()
                .<ObjectNode>set(
                        "alarms", WallDay.node().set(UNSEEN, WallDay.node().put("heldAt", WallDay.at(1)))));
        browser.await("held", () -> browser.text(UNSEEN_ROW).contains("huy"));
        browser.run("document.querySelector('" + UNSEEN_ROW + "').focus()");
        browser.press("t");
        long forms = browser.count("return document.querySelectorAll('.detail .form').length");

        // When
        browser.press("achs");

        // Then
        assertEquals(1, forms);
        assertEquals(List.of(), deeds());
        assertEquals(1, browser.count("return document.querySelectorAll('.detail .form').length"));
        assertEquals(0, browser.count("return document.querySelectorAll('dialog').length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sach", "ghi a", "không a", "xa"})
    void whoTypesWhereNoFormOpensDoesNothingToTheAlarm(String typed) {
        // Given
        sitDown();
        browser.run("document.querySelector('tr[data-id=\"flood-level:wl-phu-oc\"]').focus()");
        browser.await("its rule is known", () -> browser.text(".detail .acts").contains("không được tạm ẩn"));

        // When
        browser.press(typed);

        // Then
        assertEquals(List.of(), deeds());
        assertEquals(0, browser.count("return document.querySelectorAll('dialog, .detail .form').length"));
    }

    @Test
    void whatWasWrittenWhenTheSessionEndedIsOfferedAgainAfterSigningIn() {
        // Given
        sitDown();
        browser.run("document.querySelector('" + UNSEEN_ROW + "').focus()");
        browser.press("c");
        browser.press("Đã báo trưởng thôn");
        browser.run("""
                const real = window.fetch;
                window.fetch = async (path, options) => options?.method !== 'POST' ? real(path, options)
                  : new Response('{"detail":"sign in first: Bearer token, HTTP Basic of a device"}', { status: 401 });""");

        // When
        browser.click(".form .btn.main");
        browser.await("refused", () -> browser.count("return document.querySelectorAll('.deed.refused').length") > 0);
        String told = browser.text(".detail");
        browser.open(server.url("/operator?scope=477"));
        browser.awaitLink("live");
        browser.await(
                "the form",
                () -> browser.ask("return document.activeElement.tagName").equals("TEXTAREA"));

        // Then
        assertTrue(told.contains("Phiên đăng nhập đã hết"), told);
        assertTrue(told.contains("Đã báo trưởng thôn"), told);
        assertFalse(told.contains("sign in first"), told);
        assertEquals("Đã báo trưởng thôn", browser.ask("return document.activeElement.value"));
        assertEquals("true", browser.ask("return document.querySelector('" + UNSEEN_ROW + "').ariaSelected"));
    }

    @Test
    void whatIsBeingWrittenOutlivesTheEndOfItsAlarm() {
        // Given
        sitDown();
        browser.run("document.querySelector('" + UNSEEN_ROW + "').focus()");
        browser.press("c");
        browser.press("Nước đang rút");

        // When
        server.patch(WallDay.node().<ObjectNode>set("alarms", WallDay.node().putNull(UNSEEN)));
        browser.await(
                "gone", () -> browser.count("return document.querySelectorAll('" + UNSEEN_ROW + "').length") == 0);
        browser.press("a h");

        // Then
        String shown = browser.text(".detail");
        assertTrue(shown.contains("Nước đang rút"), shown);
        assertEquals(List.of(), deeds());
        assertEquals(0, browser.count("return document.querySelectorAll('dialog').length"));
    }

    /** Opens the desk of the afternoon as somebody who may act. */
    private void sitDown() {
        server.show(DeskDay.document(day));
        DeskDay.give(server);
        server.answer(
                "/api/v1/session",
                "{\"name\":\"lan\",\"display\":\"Trần Thị Lan\",\"role\":\"operator\",\"scope\":\"477\"}");
        browser.open(server.url("/operator?scope=477"));
        browser.run("document.cookie = 'kydai=1; path=/'");
        browser.open(server.url("/operator?scope=477"));
        browser.awaitLink("live");
        browser.await(UNSEEN, () -> browser.count("return document.querySelectorAll('" + UNSEEN_ROW + "').length") > 0);
    }

    /** What was sent to alarms. */
    private List<String> deeds() {
        return server.served().stream()
                .filter(path -> path.matches("/api/v1/alarms/.+/.+"))
                .toList();
    }

    private static String heldBy(String user, String alarm) {
        ObjectNode answer = WallDay.node();
        answer.putObject("alarms")
                .putObject(alarm)
                .putObject("holder")
                .put("by", user)
                .put("at", WallDay.at(1));
        answer.putObject("rules");
        return answer.toString();
    }

    /** Alarms that have a line of their own. */
    private static long rows() {
        return browser.count("return document.querySelectorAll('.rows tbody tr[tabindex]').length");
    }
}
