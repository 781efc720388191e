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

    @Test
    void aRuleOfOnesOwnSaysItsTitleTheValueOfNowAndItsOwnLimit() {
        // Given
        server.show(owns());
        DeskDay.give(server);
        browser.onNewDocument("{ const draw = CanvasRenderingContext2D.prototype.fillText; window.drawn = new Set();"
                + " CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { window.drawn.add(text);"
                + " return draw.call(this, text, ...at); }; }");
        signIn();

        // When
        browser.open(server.url("/operator?scope=477&alarm=my-gauge-high:wl-own"));
        browser.awaitLink("live");
        browser.await(
                "drawn",
                () -> browser.ask("return [...window.drawn].join(' ')")
                        .toString()
                        .contains("3,25"));

        // Then
        String row = browser.text("tr[data-id=\"my-gauge-high:wl-own\"]");
        assertTrue(row.contains("Sông Diên Hồng dâng: Mực nước, "), row);
        assertTrue(row.contains("3,41") && row.contains("ngưỡng 3,25"), row);
        assertTrue(browser.text(".detail .now").contains("3,41"), () -> browser.text(".detail .now"));
        assertFalse(browser.ask("return [...window.drawn].join(' ')").toString().contains("BĐ"), "an official term");
        assertEquals("ngưỡng 1", browser.text("tr[data-id=\"data-loss:19867\"] .n small"));
        assertEquals("ngưỡng 80", browser.text("tr[data-id=\"satisfaction-low:19891\"] .n small"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"vi|Sông Diên Hồng dâng: Mực nước, ", "en|The Dien Hong rises: Water level, "})
    void theWallSaysTheTitleOfARuleAndShowsItsGauge(String language, String title) {
        server.show(owns());
        signIn();

        browser.open(server.url("/wall?scope=477&lang=" + language));
        browser.awaitLink("live");
        browser.await("the gauge", () -> !browser.texts(".sens .lv .n").isEmpty());

        assertTrue(
                browser.texts(".att .t, .attention .t, .att b").stream().anyMatch(text -> text.startsWith(title))
                        || browser.text("body").contains(title),
                () -> browser.text("body"));
        assertTrue(
                browser.text(".sens").contains("3,41") || browser.text(".sens").contains("3.41"),
                () -> browser.text(".sens"));
    }

    /** A rule that is younger than the flood it sees: raised ten minutes ago, while the river has been over its limit for long. */
    @ParameterizedTest
    @CsvSource({"715, trước 01:52", "90, 12:17", "5, 13:32"})
    void aStandingAlarmSaysSinceWhenItsConditionHolds(int minutes, String since) {
        ObjectNode data = owns();
        long now = WallDay.START.getEpochSecond() / 60;
        ObjectNode history = (ObjectNode) data.at("/sensors/wl-own/history");
        for (long minute = now - 715; minute < now; minute += 5) {
            history.put(Long.toString(minute), minute < now - minutes ? 3.1 : 3.4);
        }
        server.show(data);
        signIn();

        browser.open(server.url("/operator?scope=477&alarm=my-gauge-high:wl-own"));
        browser.awaitLink("live");
        browser.await(
                "the alarm",
                () -> !browser.texts("tr[data-id=\"my-gauge-high:wl-own\"] .w").isEmpty());

        String told = browser.text("tr[data-id=\"my-gauge-high:wl-own\"] .w");
        assertTrue(told.startsWith(since), told);
    }

    /** The afternoon with an unnamed gauge, of which a rule of one's own has raised an alarm at a value that is over since. */
    private ObjectNode owns() {
        ObjectNode data = DeskDay.document(day);
        ((ObjectNode) data.get("sensors"))
                .putObject("wl-own")
                .put("area", "19879")
                .put("metric", "water_level")
                .put("value", 3.41)
                .put("unit", "m")
                .put("at", WallDay.at(30))
                .put("state", "good")
                .putObject("history")
                .put(Long.toString(WallDay.START.getEpochSecond() / 60), 3.41);
        ObjectNode alarms = (ObjectNode) data.get("alarms");
        ObjectNode own = alarms.putObject("my-gauge-high:wl-own")
                .put("rule", "my-gauge-high")
                .put("source", "wl-own")
                .put("area", "19879")
                .put("severity", 1)
                .put("occurrence", 1)
                .put("state", "unacknowledged")
                .put("raisedAt", WallDay.at(600))
                .put("value", 3.27)
                .put("threshold", 3.25)
                .put("unit", "m");
        own.putObject("params")
                .put("level", 1)
                .put("quantity", "water_level")
                .put("watch", "value")
                .putObject("title")
                .put("vi", "Sông Diên Hồng dâng")
                .put("en", "The Dien Hong rises");
        alarms.putObject("data-loss:19867")
                .put("rule", "data-loss")
                .put("source", "19867")
                .put("area", "19867")
                .put("severity", 3)
                .put("occurrence", 1)
                .put("state", "unacknowledged")
                .put("raisedAt", WallDay.at(700))
                .put("value", 98)
                .put("threshold", 1)
                .put("unit", "%")
                .putObject("params")
                .put("level", 1)
                .put("quantity", "loss")
                .put("watch", "loss");
        return data;
    }

    private void signIn() {
        server.answer(
                "/api/v1/session",
                "{\"name\":\"lan\",\"display\":\"Trần Thị Lan\",\"role\":\"operator\",\"scope\":\"477\"}");
        browser.open(server.url("/operator?scope=477"));
        browser.run("document.cookie = 'kydai=1; path=/'");
    }

    /** Opens the desk of the afternoon as somebody who may act. */
    private void sitDown() {
        server.show(DeskDay.document(day));
        DeskDay.give(server);
        signIn();
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
