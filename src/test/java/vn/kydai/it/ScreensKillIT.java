package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;
import vn.kydai.browser.Browser;

/** Every screen survives ten kills of its server under load without a reload, and shows what was acknowledged. */
@UnderLoad
class ScreensKillIT {
    private static final int KILLS = 10;
    private static final int DESKS = 4;
    private static final int EVENTS_EACH = 1_100;
    /** The server is killed whenever so many more events have been acknowledged. */
    private static final int EVENTS_BETWEEN = 400;

    private static final String AREA = "19867";

    @TempDir
    private Path data = Path.of("target");

    /** A page, and where it shows how many dossiers its area has received; none on the public screen. */
    private record Shown(String path, boolean hasReceived) {}

    private static final List<Shown> SCREENS = List.of(
            new Shown("/wall?scope=477", true),
            new Shown("/wall?scope=477&density=far", true),
            new Shown("/wall?scope=" + AREA, true),
            new Shown("/counter?scope=" + AREA, false));

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyScreenIsRightAfterTenKillsUnderLoadWithoutAReload() throws Exception {
        // Given
        List<String> desks = desks();
        TestTokens tokens = TestTokens.register(data, desks, AREA);
        try (ServerProcess server = new ServerProcess(data);
                ClientThreads threads = new ClientThreads();
                Browser browser = Browser.start()) {
            server.set("KYDAI_AGGREGATE_CHECKPOINT_SECONDS", "1");
            String token = server.run("token", "add", "--role", "wall", "--scope", "477", "--days", "1")
                    .output();
            server.start();
            List<String> tabs = open(browser, server, token);
            Semaphore acknowledged = new Semaphore(0);
            Gate gate = new Gate();
            gate.open();

            // When
            List<Future<?>> running = new ArrayList<>();
            for (ResendingClient client : clients(desks, tokens, server, acknowledged)) {
                running.add(threads.submit(() -> {
                    client.runToTheEnd(gate);
                    return null;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                acknowledged.acquire(EVENTS_BETWEEN);
                gate.close();
                server.killAll();
                server.start();
                gate.open();
            }
            for (Future<?> client : running) {
                client.get();
            }

            // Then
            for (int tab = 0; tab < tabs.size(); tab++) {
                browser.turnTo(tabs.get(tab));
                assertRight(browser, SCREENS.get(tab));
            }
        }
    }

    private static List<String> open(Browser browser, ServerProcess server, String token) {
        List<String> tabs = new ArrayList<>();
        for (Shown screen : SCREENS) {
            tabs.add(browser.openTab(server.http(screen.path()) + "#token=" + token));
            browser.awaitLink("live");
            browser.run("window.neverReloaded = true");
        }
        return tabs;
    }

    private static void assertRight(Browser browser, Shown screen) {
        browser.awaitLink("live");
        if (screen.hasReceived()) {
            browser.await(
                    screen.path() + " shows every dossier",
                    () -> browser.text("#kpi-received .v span").equals("4.400"));
        }
        assertEquals(true, browser.ask("return window.neverReloaded ?? false"), screen.path());
        assertEquals("", browser.text(".banner"), screen.path());
    }

    private static List<ResendingClient> clients(
            List<String> desks, TestTokens tokens, ServerProcess server, Semaphore acknowledged) {
        String time =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return desks.stream()
                .map(desk -> new ResendingClient(
                        desk,
                        tokens.of(desk),
                        "kydai/v1/" + AREA + "/" + desk + "/dossier",
                        server.mqttPort(),
                        dossiers(desk, time),
                        acknowledged::release))
                .toList();
    }

    private static List<String> desks() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < DESKS; number++) {
            ids.add("screen-desk-%02d".formatted(number));
        }
        return ids;
    }

    private static Map<String, String> dossiers(String desk, String time) {
        Map<String, String> payloads = new LinkedHashMap<>();
        for (int number = 0; number < EVENTS_EACH; number++) {
            String id = desk + "-" + number;
            payloads.put(id, KillIT.dossier(id, time, number, desk));
        }
        return payloads;
    }
}
