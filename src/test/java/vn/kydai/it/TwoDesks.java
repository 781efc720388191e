package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.it.Desks.counting;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.browser.Browser;

/** Two people at their desks, in real browsers, before a real server. Each test has a rain gauge of its own. */
abstract class TwoDesks {
    static final String AREA = "19867";
    static final double HEAVY = 35;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    static ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    static TestTokens gauges;

    @SuppressWarnings("NullAway.Init")
    static Api api;

    @SuppressWarnings("NullAway.Init")
    static Browser lan;

    @SuppressWarnings("NullAway.Init")
    static Browser huy;

    static int gauge;

    final String source = "rain-%02d".formatted(gauge++);
    final String alarm = "heavy-rain:" + source;
    final String row = "tr[data-id=\"" + alarm + "\"]";

    @BeforeAll
    static void start() throws Exception {
        gauge = 0;
        lan = Browser.start();
        huy = Browser.start();
        List<String> sources =
                IntStream.range(0, 20).mapToObj("rain-%02d"::formatted).toList();
        gauges = TestTokens.registerSensors(data, sources, AREA);
        server = new ServerProcess(data);
        server.start();
        api = new Api(server, gauges.reader());
        Desks.sitDown(server, lan, "lan", "operator");
        Desks.sitDown(server, huy, "huy", "operator");
    }

    @AfterAll
    static void stop() {
        lan.close();
        huy.close();
        server.close();
        api.close();
    }

    @AfterEach
    void leaveTheList() {
        for (Browser browser : List.of(lan, huy)) {
            browser.run("document.activeElement?.blur()");
            browser.hover(".top h1");
        }
    }

    /** Lets the browser's next deed wait until its page calls letGo(). */
    static void holdTheNextPost(Browser browser) {
        browser.run("""
                const real = window.fetch;
                window.fetch = async (path, options) => {
                  if (options?.method === 'POST') await new Promise((done) => (window.letGo = done));
                  window.fetch = options?.method === 'POST' ? real : window.fetch;
                  return real(path, options);
                };""");
    }

    void raise(double millimetres) throws Exception {
        rain(source, millimetres);
        lan.await("raised", () -> lan.count(counting(row)) > 0);
    }

    static void rain(String source, double millimetres) throws Exception {
        String time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        String event = """
                {"specversion":"1.0","id":"%s","source":"/sources/%s","type":"vn.kydai.reading.v1","time":"%s","data":{"metric":"rain","value":%s,"unit":"mm"}}""".formatted(source + time, source, time, millimetres);
        HttpResponse<String> answer =
                api.post("/api/v1/events", gauges.of(source), "application/cloudevents+json", event);
        assertTrue(answer.body().contains("\"committed\":1"), answer::body);
    }

    void focusRow(Browser browser) {
        browser.await(alarm, () -> browser.count(counting(row)) > 0);
        browser.run("document.querySelector('" + row + "').focus()");
        browser.await("chosen", () -> browser.count(counting(row + "[aria-selected=true]")) > 0);
    }

    String rowText(Browser browser) {
        return String.valueOf(browser.ask("return document.querySelector('" + row + "')?.innerText ?? ''"));
    }

    /** What the journal has of the alarm: steps, with who did them. */
    List<String> steps() {
        return StreamSupport.stream(history().path("steps").spliterator(), false)
                .map(step -> (step.path("step").asText() + " " + step.path("by").asText()).strip())
                .toList();
    }

    String encoded() {
        return URLEncoder.encode(alarm, StandardCharsets.UTF_8);
    }

    JsonNode history() {
        try {
            return api.get("/api/v1/alarms/history?alarm=" + encoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
