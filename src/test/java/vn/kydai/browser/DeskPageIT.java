package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator's desk shows of a document. Screens go to {@code target/screens}, to be looked at. */
class DeskPageIT extends WallPages {

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

    /** Alarms that have a line of their own. */
    private static long rows() {
        return browser.count("return document.querySelectorAll('.rows tbody tr[tabindex]').length");
    }
}
