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

/** What people at their desks have read is what they act on, and what comes in does not move it away. */
@ReadsTheDate
class DeskReadingIT extends TwoDesks {
    private static final double MORE = 20;

    @Test
    void theOrderIsHeldAnewWhenThePointerMovesAfterAMinuteOfRest() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        lan.run("const now = performance.now.bind(performance); performance.now = () => now() + 61_000;");
        String first = "rain-%02d".formatted(gauge++);
        rain(first, HEAVY);
        lan.await("no longer held", () -> lan.count(counting("tr[data-id=\"heavy-rain:" + first + "\"]")) > 0);
        String second = "rain-%02d".formatted(gauge++);

        // When
        lan.run(
                "document.querySelector('.rows table').dispatchEvent(new PointerEvent('pointermove', {bubbles: true}))");
        rain(second, HEAVY);
        lan.await("told that one waits", () -> lan.count(counting(".waiting")) > 0);

        // Then
        assertEquals(0, lan.count(counting("tr[data-id=\"heavy-rain:" + second + "\"]")));
        lan.click(".waiting");
    }

    @Test
    void aNoteGoesToTheOccurrenceThatWasReadWhenItWasBegun() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        lan.press("c");
        lan.await(
                "the form",
                () -> lan.ask("return document.activeElement.tagName").equals("TEXTAREA"));
        rain(source, MORE);
        lan.await("risen", () -> history().path("steps").size() == 2);
        lan.await("seen to have risen", () -> rowText(lan).contains("55"));

        // When
        lan.press("the sluice is open");
        lan.click(".form .btn.main");

        // Then
        lan.await("explained", () -> told(lan, ".detail .deed.refused").contains("raised again at"));
        assertEquals(List.of("raised", "realarmed"), steps());
    }

    @Test
    void whoLooksAtThePastIsToldHowManyAlarmsWaitNow() throws Exception {
        // Given
        raise(HEAVY);
        Instant then = Clock.systemUTC().instant();
        lan.await("a past", () -> Clock.systemUTC().instant().isAfter(then.plus(Duration.ofSeconds(8))));

        // When
        lan.open(server.http("/operator?lang=en&at=" + then + "&alarm=" + encoded())
                .toString());

        // Then
        lan.await("told", () -> told(lan, ".banner").contains("Nothing sounds in a replay."));
        assertTrue(told(lan, ".banner").contains("unacknowledged, highest: "), () -> told(lan, ".banner"));
        lan.click(".time .ctl .btn.main");
        lan.await("gone", () -> told(lan, ".banner").isEmpty());
    }

    private static String told(Browser browser, String selector) {
        return String.valueOf(browser.ask("return document.querySelector('" + selector + "')?.innerText ?? ''"));
    }
}
