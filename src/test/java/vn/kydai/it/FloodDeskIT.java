package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.browser.Browser;

/** The flood of October 2025, faster than it was, at an operator's desk. */
class FloodDeskIT {
    private static final String ALARM = "flood-level:wl-phu-oc";

    @TempDir
    private Path data = Path.of("target");

    @Test
    void theRisingRiverIsOneAlarmWhoseSeverityRisesFromLevelToLevel() throws Exception {
        // Given
        try (ServerProcess server = new ServerProcess(data);
                Browser browser = Browser.start()) {
            server.set("KYDAI_HTTP_SESSION_MINUTES", "100000");
            server.start("demo", "--scenario", "flood", "--at", "2025-10-26T05:00", "--speed", "1200");
            String token = new ServerProcess(data.resolve("flood"))
                    .run("token", "add", "--role", "reader", "--scope", "477", "--days", "900", "--name", "lan")
                    .output();
            browser.open(server.http("/operator?scope=477&lang=en&alarm=" + ALARM) + "#token=" + token);
            browser.awaitLink("live");

            // When
            for (String level : List.of("I", "II", "III")) {
                browser.await(
                        "above level " + level,
                        () -> browser.count(
                                        "return document.querySelector('.detail h2')?.textContent.endsWith('above BĐ "
                                                + level + "') ? 1 : 0")
                                > 0);
                browser.screenshot("flood-desk-" + level);
            }

            // Then
            try (Api api = new Api(server, token)) {
                JsonNode steps = api.get("/api/v1/alarms/history?from=2025-10-25T00:00:00Z&alarm=" + ALARM)
                        .path("steps");
                assertEquals(
                        List.of(
                                "raised 1 level 1 severity 2",
                                "realarmed 2 level 2 severity 1",
                                "realarmed 3 level 3 severity 1"),
                        StreamSupport.stream(steps.spliterator(), false)
                                .map(FloodDeskIT::said)
                                .toList());
            }
        }
    }

    private static String said(JsonNode step) {
        return step.path("step").asText() + " " + step.path("occurrence").asInt() + " level "
                + step.path("level").asInt() + " severity "
                + step.path("severity").asInt();
    }
}
