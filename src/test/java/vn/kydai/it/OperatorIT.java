package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.browser.Browser;

/** People at their desks, in real browsers, act on alarms of a real server. Each test has a rain gauge of its own. */
class OperatorIT {
    private static final String AREA = "19867";
    private static final double HEAVY = 35;
    private static final double MORE = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path data;

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private static TestTokens gauges;

    @SuppressWarnings("NullAway.Init")
    private static Api api;

    @SuppressWarnings("NullAway.Init")
    private static Browser lan;

    @SuppressWarnings("NullAway.Init")
    private static Browser huy;

    private static int gauge;

    private final String source = "rain-%02d".formatted(gauge++);
    private final String alarm = "heavy-rain:" + source;
    private final String row = "tr[data-id=\"" + alarm + "\"]";

    @BeforeAll
    static void start() throws Exception {
        lan = Browser.start();
        huy = Browser.start();
        List<String> sources =
                IntStream.range(0, 20).mapToObj("rain-%02d"::formatted).toList();
        gauges = TestTokens.register(data, sources, AREA);
        server = new ServerProcess(data);
        server.start();
        api = new Api(server, gauges.reader());
        sitDown(lan, "lan", "operator");
        sitDown(huy, "huy", "operator");
    }

    private static void sitDown(Browser browser, String name, String role) throws Exception {
        String password = server.run("user", "add", "--name", name, "--role", role, "--scope", "477")
                .output();
        browser.open(server.http("/signin?lang=en&next=%2Foperator%3Flang%3Den").toString());
        browser.await("the form is there", () -> browser.count("return document.querySelectorAll('form').length") > 0);
        browser.ask(
                "const form = document.querySelector('form'); form.user.value = arguments[0];"
                        + " form.password.value = arguments[1]; form.requestSubmit()",
                name,
                password);
        browser.awaitLink("live");
    }

    @AfterAll
    static void stop() {
        api.close();
        lan.close();
        huy.close();
        server.close();
    }

    @AfterEach
    void leaveTheList() {
        for (Browser browser : List.of(lan, huy)) {
            browser.run("document.activeElement?.blur()");
            browser.hover(".top h1");
        }
    }

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
        lan.run("""
                const real = window.fetch;
                window.fetch = async (path, options) => {
                  if (options?.method === 'POST') await new Promise((done) => (window.letGo = done));
                  window.fetch = options?.method === 'POST' ? real : window.fetch;
                  return real(path, options);
                };""");

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
        lan.await("waiting", () -> lan.count(counting(".detail .deed.waiting")) > 0);
        String why = lan.text(".detail .deed.waiting");
        server.start();
        lan.awaitLink("live");
        lan.await("acknowledged", () -> rowText(lan).contains("lan,"));
        huy.awaitLink("live");
        huy.await("seen at the other desk", () -> rowText(huy).contains("lan,"));

        // Then
        assertTrue(why.contains("The server cannot be reached"), why);
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
            sitDown(reader, "minh", "reader");
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

    private void raise(double millimetres) throws Exception {
        rain(source, millimetres);
        lan.await("raised", () -> lan.count(counting(row)) > 0);
    }

    private static void rain(String source, double millimetres) throws Exception {
        String time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        String event = """
                {"specversion":"1.0","id":"%s","source":"/sources/%s","type":"vn.kydai.reading.v1","time":"%s","data":{"metric":"rain","value":%s,"unit":"mm"}}""".formatted(source + time, source, time, millimetres);
        HttpResponse<String> answer =
                api.post("/api/v1/events", gauges.of(source), "application/cloudevents+json", event);
        assertTrue(answer.body().contains("\"committed\":1"), answer::body);
    }

    private void focusRow(Browser browser) {
        browser.await(alarm, () -> browser.count(counting(row)) > 0);
        browser.run("document.querySelector('" + row + "').focus()");
        browser.await("chosen", () -> browser.count(counting(row + "[aria-selected=true]")) > 0);
    }

    private String rowText(Browser browser) {
        return String.valueOf(browser.ask("return document.querySelector('" + row + "')?.innerText ?? ''"));
    }

    private static String counting(String selector) {
        return "return document.querySelectorAll('" + selector + "').length";
    }

    /** What the journal has of the alarm: steps, with who did them. */
    private List<String> steps() {
        return StreamSupport.stream(history().path("steps").spliterator(), false)
                .map(step -> (step.path("step").asText() + " " + step.path("by").asText()).strip())
                .toList();
    }

    private String encoded() {
        return URLEncoder.encode(alarm, StandardCharsets.UTF_8);
    }

    private JsonNode history() {
        try {
            return api.get("/api/v1/alarms/history?alarm=" + encoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
