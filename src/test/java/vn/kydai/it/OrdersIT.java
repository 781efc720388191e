package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.it.Desks.counting;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;
import vn.kydai.browser.Browser;
import vn.kydai.browser.Inspection;

/** Two people at two desks, in real browsers, order sirens of a real server. */
@ReadsTheDate
class OrdersIT {
    private static final String AREA = "19867";
    private static final String SIREN = "siren-9";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path data;

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private static TestTokens devices;

    @SuppressWarnings("NullAway.Init")
    private static Api api;

    @SuppressWarnings("NullAway.Init")
    private static Browser lan;

    @SuppressWarnings("NullAway.Init")
    private static Browser huy;

    @BeforeAll
    static void start() throws Exception {
        lan = Browser.start();
        huy = Browser.start();
        devices = TestTokens.registerSirens(data, List.of(SIREN), AREA);
        server = new ServerProcess(data);
        server.start();
        api = new Api(server, devices.reader());
        sitDown(lan, "lan", "operator");
        sitDown(huy, "huy", "commander");
    }

    private static void sitDown(Browser browser, String name, String role) throws Exception {
        Desks.sitDown(server, browser, name, role);
        browser.await("the sirens' line", () -> browser.count(counting(".sirens .prepare")) > 0);
    }

    @AfterAll
    static void stop() {
        api.close();
        lan.close();
        huy.close();
        server.close();
    }

    @Test
    void onePreparesAnotherConfirmsByTypingAndBothSeeWhatTheSirenAnswers() throws Exception {
        // Given
        lan.click(".sirens .prepare");
        lan.await("the form", () -> lan.count(counting("dialog.ask [name=reason]")) > 0);
        lan.click("dialog.ask .btn.main");
        lan.await("what lacks", () -> lan.text("#ask-lacks").equals("Choose a signal."));
        List<String> barriers = Inspection.violations(lan);
        lan.click("dialog.ask [value=flood3]");
        lan.click("dialog.ask [name=reason]");
        lan.press("the river rises fast");

        // When
        lan.click("dialog.ask .btn.main");
        lan.await("it waits", () -> lan.text(".sirens .order.prepared").contains("Waits for somebody else"));
        Instant seenHere = Clock.systemUTC().instant();
        huy.await("it waits, there", () -> huy.count(counting(".sirens .order.prepared .confirm")) > 0);
        Duration later = Duration.between(seenHere, Clock.systemUTC().instant());
        long own = lan.count(counting(".sirens .confirm"));
        huy.click(".sirens .confirm");
        huy.await("asked once more", () -> huy.count(counting("dialog.ask [name=word]")) > 0);
        huy.click("dialog.ask .btn.main");
        huy.await("not yet", () -> huy.text("#ask-lacks").equals("The word was not typed."));
        String meanwhile = order().path("state").asText();
        List<String> others = Inspection.violations(huy);
        huy.click("dialog.ask [name=word]");
        huy.press("Sound");
        huy.click("dialog.ask .btn.main");
        lan.await("confirmed", () -> lan.text(".sirens .order.confirmed").contains("confirmed by huy"));
        answer(order().path("id").asText());
        for (Browser each : List.of(lan, huy)) {
            each.await(
                    "sounded",
                    () -> each.text(".sirens .order.sounded").contains("sounded · siren-9 sounded 5 blasts"));
        }

        // Then
        assertEquals(List.of(), barriers, "axe");
        assertEquals(List.of(), others, "axe");
        assertEquals(0, own, "who prepared it has no button to confirm it");
        assertTrue(later.compareTo(Duration.ofSeconds(5)) < 0, later::toString);
        assertEquals("prepared", meanwhile);
        assertEquals("huy", order().at("/confirmed/by").asText());
        assertEquals("the river rises fast", order().at("/prepared/reason").asText());
    }

    @Test
    void whoPreparedAnOrderCancelsItByKeyAlone() throws Exception {
        // Given
        lan.run("document.querySelector('.sirens .prepare').focus()");
        lan.press("\n");
        lan.await("the form", () -> lan.count(counting("dialog.ask [name=reason]")) > 0);
        lan.run("document.querySelector('dialog.ask [value=storm]').focus()");
        lan.press(" ");
        lan.run("document.querySelector('dialog.ask [name=reason]').focus()");
        lan.press("by mistake");
        lan.run("document.querySelector('dialog.ask .btn.main').focus()");
        lan.press("\n");
        lan.await("it waits", () -> lan.count(counting(".sirens .order.prepared .cancel")) > 0);

        // When
        lan.run("document.querySelector('.sirens .cancel').focus()");
        lan.press("\n");
        lan.await("asked once more", () -> lan.text("dialog.ask h2").equals("Cancel…"));
        lan.run("document.querySelector('dialog.ask .btn.main').focus()");
        lan.press("\n");

        // Then
        huy.await("cancelled, there", () -> huy.text(".sirens .last").contains("cancelled by lan"));
        assertEquals("cancelled", order().path("state").asText());
        assertEquals("storm", order().path("signal").asText());
    }

    @Test
    void aReaderSeesNoButtonToOrderAnything() throws Exception {
        try (Browser reader = Browser.start()) {
            // When
            Desks.sitDown(server, reader, "minh", "reader");
            reader.await("the sirens' line", () -> reader.count(counting(".sirens h2")) > 0);
            reader.await("why not", () -> reader.count(counting(".list .d .btn:not([disabled])")) == 0);

            // Then
            assertEquals(0, reader.count(counting(".sirens :is(.prepare, .confirm, .cancel)")));
        }
    }

    private static void answer(String order) throws Exception {
        String time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        String event = """
                {"specversion":"1.0","id":"%s/5","source":"/sources/%s","type":"vn.kydai.reading.v1","time":"%s","data":{"metric":"siren","value":5,"unit":"1"}}""".formatted(order, SIREN, time);
        HttpResponse<String> answer =
                api.post("/api/v1/events", devices.of(SIREN), "application/cloudevents+json", event);
        assertTrue(answer.body().contains("\"committed\":1"), answer::body);
    }

    /** The newest order, as the server has it. */
    private static JsonNode order() throws Exception {
        return api.get("/api/v1/orders").path("orders").path(0);
    }
}
