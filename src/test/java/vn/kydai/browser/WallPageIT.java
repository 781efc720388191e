package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wall shows of a document. Screens go to {@code target/screens}, to be looked at. */
class WallPageIT extends WallPages {

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
                        "Quá hạn vượt mục tiêu"),
                page.titles());
        assertTrue(browser.text(".alarms .foot").startsWith("và "));
        assertEquals(0, page.animations());
        assertEquals(0, browser.count("return document.querySelectorAll('.alist .solid').length"));
    }

    @Test
    void flashesOnlyTheMarksOfUnacknowledgedAlarms() {
        server.show(day.alarmed());
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
    @CsvSource(
            delimiter = '|',
            value = {"vi|Cảnh báo dồn dập: 13 cảnh báo, cao nhất: Cao", "en|Alarm flood: 13 alarms, highest: High"})
    void saysOnceWhatAFloodOfAlarmsIsAboutInsteadOfAListThatGrows(String language, String banner) {
        server.show(flooded(day));
        WallPage page = WallPage.open(browser, server, "lang=" + language);
        page.settle();
        browser.screenshot("wall-alarm-flood-" + language);
        assertEquals(banner, browser.text(".alarmflood span"));
        assertTrue(page.titles().get(0).endsWith("BĐ II (+2)"), page.titles().toString());
        assertEquals(
                1,
                page.titles().stream().filter(title -> title.endsWith("(+9)")).count());
        assertEquals(List.of(), page.clipped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vi", "en"})
    void saysThatDesksAreClosedWhyAndUntilWhen(String language) {
        server.show(day.holiday());
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

    @ParameterizedTest
    @CsvSource({"night, vi, Ngoài giờ", "night, en, Outside", "weekend, vi, Cuối tuần", "weekend, en, Weekend"})
    void saysThatNightOrWeekendClosesTheDesks(String reason, String language, String words) {
        server.show(day.closed(reason));
        WallPage.open(browser, server, "lang=" + language);
        String chip = browser.text(".closed small");
        assertTrue(chip.toLowerCase(Locale.ROOT).startsWith(words.toLowerCase(Locale.ROOT)), chip);
    }

    @Test
    void showsNoFalseFiguresBeforeTheFirstDossier() {
        server.show(day.morning());
        WallPage page = WallPage.open(browser, server, "");
        assertEquals(List.of("0", "—", "—", "—", "—", "7/8"), browser.texts(".kpi .v span"));
        assertEquals("Sịa — — — — —", page.desks().get(0));
        assertEquals(List.of(), page.clipped());
    }

    @ParameterizedTest
    @CsvSource({"3840, 2160, 0, 0, 3840", "1920, 1200, 0, 60, 1920", "2560, 1080, 320, 0, 1920"})
    void fillsA4KWallAndLetterboxesOtherShapes(int width, int height, int left, int top, int stage) {
        browser.viewport(width, height);
        WallPage.open(browser, server, "").settle();
        String box = "const { x, y, width } = document.querySelector('#stage').getBoundingClientRect();"
                + " return [x, y, width].map(Math.round).join(' ')";
        assertEquals(left + " " + top + " " + stage, browser.ask(box));
        browser.viewport(1920, 1080);
    }

    @Test
    void givesACommuneARoomOfItsOwn() {
        server.show(day.leaf());
        WallPage page = WallPage.open(browser, server, "scope=19867");
        page.settle();
        assertTrue(server.heard().get(0).contains("\"scope\":\"19867\""));
        assertEquals(List.of("20", "34", "99", "96,8", "1", "93,1"), browser.texts(".kpi .v span"));
        assertEquals("lâu nhất 41 phút", page.caption("waiting"));
        assertEquals(List.of("A097", "A098", "A099", "trống", "A101"), browser.texts(".calls .call b"));
        assertEquals("4/5 quầy đang phục vụ", browser.text(".calls .meta"));
        assertEquals("7 hồ sơ", browser.text(".due .meta"));
        assertEquals(
                "0042\nkhai sinh\nmới tiếp nhận", browser.texts(".dlist li").get(0));
        assertEquals(15, browser.count("return document.querySelectorAll('.digits li').length"));
        assertEquals(0, browser.count("return document.querySelectorAll('.desks, .mapp, .inds').length"));
    }

    @Test
    void tellsThoseWhoWaitWhatTheyMayKnow() {
        server.show(day.leaf());
        WallPage.openCounter(browser, server, "scope=19867").settle();
        assertEquals(List.of("A101", "A099", "A098", "A097"), browser.texts(".now .call b"));
        assertEquals("Quầy 5", browser.texts(".now .call span").get(0));
        assertEquals(List.of("20", "35", "93,1"), browser.texts(".big .v span"));
        assertEquals("29 phiếu", browser.text("#big-satisfaction .r"));
        assertEquals("0017", browser.texts(".digits li").get(0));
        assertFalse(browser.text("main").contains("khai sinh"), "no procedure beside a dossier");
    }

    @Test
    void letsSecondRankPanelsTakeTurnsUntilSomethingIsUnacknowledged() {
        // Given
        String hurry = browser.onNewDocument("{ const real = setInterval;"
                + " window.setInterval = (task, ms) => real(task, ms >= 20000 && ms < 90000 ? ms / 40 : ms); }");
        server.show(day.calm());
        WallPage.open(browser, server, "density=far&turns");
        String shown =
                "return ['sens', 'trends', 'inds'].filter(p => !document.querySelector(`.${p}`).matches('.away')).join()";
        browser.await("trends", () -> browser.ask(shown).equals("trends"));
        browser.await("indicators", () -> browser.ask(shown).equals("inds"));

        // When
        ObjectNode patch = WallDay.node();
        patch.set("alarms", day.alarmed().get("alarms"));
        server.patch(patch);

        // Then
        browser.await("sensors", () -> browser.ask(shown).equals("sens"));
        browser.run("return new Promise(done => setTimeout(done, 1500)).then(() => 1)");
        assertEquals("sens", browser.ask(shown));
        browser.forget(hurry);
    }

    @Test
    void aClockOffByFiveMinutesChangesNothingButTheWarning() {
        // Given
        String words = "return [...document.querySelectorAll('.al, .kpi, .desks tr, .sens .st')].map(e => e.innerText)"
                + ".join('|').replace(/\\d+ (phút|giờ)( \\d+)?/g, '')";
        WallPage.open(browser, server, "").settle();
        Object expected = browser.ask(words);
        String wrong = browser.shiftClock(Duration.ofMinutes(5));

        // When
        WallPage.open(browser, server, "again").settle();

        // Then
        assertTrue(browser.text(".link small").startsWith("Giờ máy này nhanh "), () -> browser.text(".link small"));
        assertEquals(expected, browser.ask(words));
        browser.forget(wrong);
    }

    @ParameterizedTest
    @CsvSource({"vi, Đồng hồ máy chủ không đáng tin từ 07:30", "en, The server’s clock is doubted since 07:30"})
    void saysThatTheServerDoesNotBelieveItsClock(String language, String words) {
        ObjectNode document = day.document();
        ((ObjectNode) document.get("freshness")).putObject("clock").put("since", "2026-11-25T00:30:00.000Z");
        server.show(document);
        WallPage page = WallPage.open(browser, server, "lang=" + language);
        page.settle();
        assertTrue(browser.text(".link small").startsWith(words), () -> browser.text(".link small"));
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

    /** A gateway's ten sensors fall silent at once while the rivers stand high. */
    static ObjectNode flooded(WallDay day) {
        ObjectNode data = day.alarmed();
        ObjectNode alarms = (ObjectNode) data.get("alarms");
        JsonNode since = alarms.at("/a-1/raisedAt");
        alarms.forEach(alarm -> ((ObjectNode) alarm).put("cause", "metric:water_level"));
        for (int sensor = 0; sensor < 10; sensor++) {
            ObjectNode alarm = alarms.putObject("s-" + sensor)
                    .put("rule", "sensor-silent")
                    .put("source", "s-" + sensor)
                    .put("area", sensor % 2 == 0 ? "19867" : "19876")
                    .put("state", "unacknowledged")
                    .put("occurrence", 1)
                    .put("severity", 3)
                    .put("cause", "gateway:gw-lora-1");
            alarm.set("raisedAt", since);
            alarm.putObject("params").put("level", 1).put("quantity", "silent");
        }
        data.putObject("alarmFlood")
                .put("raised", 12)
                .put("open", 13)
                .put("severity", 1)
                .set("since", since);
        return data;
    }
}
