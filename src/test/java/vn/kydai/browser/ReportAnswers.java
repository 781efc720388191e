package vn.kydai.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the page of reports asks the server for: answers a server gave about the demonstration's day. */
final class ReportAnswers {
    private static final String REPORTS = "/api/v1/reports/";

    private ReportAnswers() {}

    static void give(WallServer server) {
        server.answer("/api/v1/ledger", answer("ledger"));
        server.answer(REPORTS + "dossiers", answer("dossiers"));
        server.answer(REPORTS + "index766", answer("index766"));
        server.answer(REPORTS + "quality", answer("quality"));
        server.answer(REPORTS + "queue", answer("queue-area"));
        server.answer(
                REPORTS + "queue?area=" + ProvinceDay.tree().path("id").asText() + "&period=2026-11-25&by=counter",
                answer("queue-counter"));
    }

    private static String answer(String name) {
        String file = "reports/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(ReportAnswers.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
