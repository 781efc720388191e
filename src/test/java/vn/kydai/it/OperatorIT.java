package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.it.Desks.counting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.browser.Browser;

/** People at their desks act on alarms. */
@ReadsTheDate
class OperatorIT extends TwoDesks {
    private static final double MORE = 20;

    @Test
    void acknowledgingByKeyKeepsTheFocusAndTheOtherDeskSeesWhoseItIsWithinASecond() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        huy.await("the row at the other desk", () -> huy.count(counting(row)) > 0);

        // When
        lan.press("a");
        lan.await("acknowledged here", () -> rowText(lan).contains("lan,"));
        Instant seenHere = Clock.systemUTC().instant();

        // Then
        huy.await("whose it is, there", () -> rowText(huy).contains("lan,"));
        Duration later = Duration.between(seenHere, Clock.systemUTC().instant());
        assertTrue(later.compareTo(Duration.ofSeconds(1)) < 0, later::toString);
        assertEquals(alarm, lan.ask("return document.activeElement.dataset.id"));
        assertEquals(List.of("raised", "acknowledged lan"), steps());
    }

    @Test
    void shelvingNeedsAReasonAndEndsTheSameWay() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);

        // When
        lan.press("s");
        lan.await(
                "the form",
                () -> lan.ask("return document.activeElement.tagName").equals("TEXTAREA"));
        lan.click(".form .btn.main");
        lan.await("why it was refused", () -> lan.text("#lacks").equals("Without a reason it cannot be shelved."));
        List<String> unreasoned = steps();
        lan.press("the gauge is being cleaned");
        lan.click(".form .btn.main");
        lan.await("shelved", () -> steps().contains("shelved lan"));
        lan.click(".tabs button:nth-child(4)");
        lan.await("in the shelf", () -> rowText(lan).contains("lan · "));
        focusRow(lan);
        lan.press("u");
        lan.await("back", () -> steps().contains("unshelved lan"));
        lan.click(".tabs button:nth-child(1)");

        // Then
        assertEquals(List.of("raised"), unreasoned);
        assertEquals(List.of("raised", "shelved lan", "unshelved lan"), steps());
        assertEquals(
                "the gauge is being cleaned",
                history().path("steps").path(1).path("note").asText());
    }

    @Test
    void theOrderIsHeldWhileTheFocusIsInTheListAndWhatIsNewWaitsAbove() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        String other = "rain-%02d".formatted(gauge++);
        List<String> before =
                lan.ask("return [...document.querySelectorAll('.rows tr[data-id]')].map(e => e.dataset.id)")
                                instanceof List<?> ids
                        ? ids.stream().map(String::valueOf).toList()
                        : List.of();

        // When
        rain(other, HEAVY);
        lan.await("told that one waits", () -> lan.count(counting(".waiting")) > 0);
        List<?> meanwhile =
                (List<?>) lan.ask("return [...document.querySelectorAll('.rows tr[data-id]')].map(e => e.dataset.id)");
        String told = lan.text(".waiting b");
        lan.click(".waiting");
        lan.await("shown", () -> lan.count(counting("tr[data-id=\"heavy-rain:" + other + "\"]")) > 0);

        // Then
        assertEquals("1 new", told);
        assertEquals(before, meanwhile);
    }

    @Test
    void anAcknowledgementThatComesAfterTheAlarmRoseIsRefusedAndTheNewOccurrenceShown() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        holdTheNextPost(lan);

        // When
        lan.press("a");
        lan.await("on its way", () -> rowText(lan).contains("sending"));
        rain(source, MORE);
        lan.await("risen", () -> history().path("steps").size() == 2);
        lan.run("window.letGo()");

        // Then
        lan.await("refused", () -> lan.count(counting(".detail .deed.refused")) > 0);
        lan.await("explained", () -> lan.text(".detail .deed.refused").contains("raised again at"));
        assertTrue(lan.text(".detail .deed.refused").contains("severity High"), () -> lan.text(".detail .deed"));
        assertEquals(List.of("raised", "realarmed"), steps());
    }

    @Test
    void aDeedForAServerThatIsGoneIsShownAndSentOnceWhenItIsBack() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);

        // When
        server.killAll();
        lan.press("a");
        lan.await("waiting", () -> told(lan, ".detail .deed.waiting").contains("The server cannot be reached"));
        server.start();
        lan.awaitLink("live");
        lan.await("acknowledged", () -> rowText(lan).contains("lan,"));
        huy.awaitLink("live");
        huy.await("seen at the other desk", () -> rowText(huy).contains("lan,"));

        // Then
        assertEquals(List.of("raised", "acknowledged lan"), steps());
    }

    @Test
    void thePastIsShownAsItWasSeenAndNothingCanBeDoneToIt() throws Exception {
        // Given
        raise(HEAVY);
        Instant then = Clock.systemUTC().instant();
        focusRow(huy);
        huy.press("a");
        huy.await("acknowledged since", () -> rowText(huy).contains("huy,"));
        lan.await("a past", () -> Clock.systemUTC().instant().isAfter(then.plus(Duration.ofSeconds(8))));

        // When
        lan.open(server.http("/operator?lang=en&at=" + then + "&alarm=" + encoded())
                .toString());
        lan.await("as it was then", () -> rowText(lan).contains("Unacknowledged"));
        lan.press("a");
        lan.press("s");
        String locked = lan.text(".detail .why");
        long forms = lan.count(counting(".form"));
        lan.click(".time .ctl .btn.main");
        lan.await("as it is now", () -> rowText(lan).contains("huy,"));

        // Then
        assertEquals("Replay: alarms cannot be handled", locked);
        assertEquals(0, forms);
        assertEquals(List.of("raised", "acknowledged huy"), steps());
    }

    @Test
    void aReaderIsToldThatTheKeysAreOff() throws Exception {
        // Given
        raise(HEAVY);
        try (Browser reader = Browser.start()) {
            Desks.sitDown(server, reader, "minh", "reader");
            focusRow(reader);

            // When
            reader.press("a");
            reader.await(
                    "why not",
                    () -> reader.text(".detail .why").equals("This account may only look: action keys are off"));

            // Then
            assertEquals("true", String.valueOf(reader.ask("return document.querySelector('.list .d .btn').disabled")));
            assertEquals(List.of("raised"), steps());
        }
    }

    /** Sent again every two seconds, what it says may be gone from one question to the next. */
    private static String told(Browser browser, String selector) {
        return String.valueOf(browser.ask("return document.querySelector('" + selector + "')?.innerText ?? ''"));
    }
}
