package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.it.Desks.counting;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.browser.Browser;
import vn.kydai.browser.Inspection;

/** People at their desks take alarms over and hand shifts over. */
@ReadsTheDate
class HoldingIT extends TwoDesks {
    @Test
    void takingAnAlarmOverNamesTheHolderAtBothDesksAndAsksBeforeItIsTakenFromSomebody() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);

        // When
        lan.press("t");
        huy.await("who holds it, there", () -> rowText(huy).contains("lan has it"));
        focusRow(huy);
        huy.press("t");
        huy.await("asked", () -> huy.count(counting(".detail .form p")) > 0);
        String question = huy.text(".detail .form p");
        List<String> asked = steps();
        huy.click(".detail .form .btn.main");
        lan.await("who holds it now, here", () -> rowText(lan).contains("huy has it"));

        // Then
        assertEquals("lan is handling this alarm. Take it over?", question);
        assertEquals(List.of("raised", "taken lan"), asked);
        assertEquals(List.of("raised", "taken lan", "taken huy"), steps());
        assertTrue(lan.text(".detail .h small").contains("held by huy"), () -> lan.text(".detail .h"));
    }

    @Test
    void takingOverWhatSomebodyElseTookMeanwhileIsRefusedWithTheName() throws Exception {
        // Given
        raise(HEAVY);
        focusRow(lan);
        holdTheNextPost(lan);

        // When
        lan.press("t");
        lan.await("on its way", () -> rowText(lan).contains("sending"));
        focusRow(huy);
        huy.press("t");
        huy.await("taken there", () -> steps().contains("taken huy"));
        lan.run("window.letGo()");

        // Then
        lan.await("refused", () -> lan.count(counting(".detail .deed.refused")) > 0);
        lan.await("explained", () -> lan.text(".detail .deed.refused").contains("huy took it over first."));
        assertEquals(List.of("raised", "taken huy"), steps());
    }

    @Test
    void aShiftIsHandedOverWithItsAlarmsAndShownToTheNextOneUntilConfirmed() throws Exception {
        // Given
        raise(HEAVY);

        // When
        lan.press("h");
        lan.await("who may take it", () -> lan.count(counting("dialog.shift option[value=huy]")) > 0);
        lan.screenshot("operator-shift");
        List<String> violations = Inspection.violations(lan);
        lan.click("dialog.shift .form .btn.main");
        lan.await("nobody chosen", () -> lan.text("dialog.shift .lacks").equals("Choose who takes the shift."));
        lan.run("document.querySelector('dialog.shift select').value = 'huy'");
        lan.run("document.querySelector('dialog.shift textarea').value = 'watch the sluice at An Xuan'");
        lan.click("dialog.shift .form .btn.main");
        lan.await("done", () -> lan.text("dialog.shift .lacks").contains("handed over to huy"));
        huy.await("received", () -> huy.count(counting("dialog.shift")) > 0);
        String received = huy.text("dialog.shift");
        huy.screenshot("operator-shift-received");
        violations = Stream.concat(violations.stream(), Inspection.violations(huy).stream())
                .toList();
        huy.click("dialog.shift .btn.main");
        // Leaves the page at once: what was confirmed is on its way all the same.
        huy.open(server.http("/operator?lang=en").toString());
        huy.await("taken", () -> !acceptedAt(huy).isEmpty());
        huy.open(server.http("/operator?lang=en").toString());
        huy.awaitLink("live");
        focusRow(huy);
        huy.await("who holds it", () -> huy.text(".detail .h small").contains("held by huy"));
        long again = huy.count(counting("dialog.shift"));
        lan.click("dialog.shift > form[method=dialog] .btn");

        // Then
        assertEquals(List.of(), violations, "axe");
        assertTrue(received.contains("lan handed the shift over to you"), received);
        assertTrue(received.contains("watch the sluice at An Xuan"), received);
        assertEquals(0, again, "it was confirmed");
        assertEquals(List.of("raised", "handed lan"), steps());
    }

    /** When the last hand-over was taken; empty until then. */
    private static String acceptedAt(Browser browser) {
        return String.valueOf(browser.ask("""
                return fetch('/api/v1/shifts').then((answer) => answer.json())
                    .then(({ handOvers }) => handOvers[0]?.acceptedAt ?? '');"""));
    }
}
