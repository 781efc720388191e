package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.config.Settings;
import vn.kydai.event.Reason;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Plausibility;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/** What the registration of a source lets it say, whoever holds its token. */
class EntitlementTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static final Registry TWO_PROVINCES = new Registry(
            Areas.of(TestingRegistry.json("""
                {"areas": [
                  {"id": "46", "name": "Huế", "level": "province"},
                  {"id": "19867", "name": "Sịa", "level": "commune", "parent": "46"},
                  {"id": "19897", "name": "Quảng Phú", "level": "commune", "parent": "46"},
                  {"id": "48", "name": "Đà Nẵng", "level": "province"},
                  {"id": "20194", "name": "Hải Châu", "level": "commune", "parent": "48"}]}\
                """)),
            Sources.of(List.of(
                    source("desk", SourceKind.DESK, null),
                    source("desk-rain", SourceKind.DESK, null, "rain"),
                    source("gauge", SourceKind.SENSOR, "gate", "rain"),
                    source("any", SourceKind.SENSOR, null),
                    source("gate", SourceKind.GATEWAY, null),
                    source("desk-behind", SourceKind.DESK, "gate"))),
            TestingRegistry.TOWN.procedures(),
            TestingRegistry.TOWN.calendar(),
            TestingRegistry.TOWN.thresholds());

    private final Admission admission = new Admission(() -> TWO_PROVINCES, Schemas.load(), Settings.DEFAULTS.ingest());

    private static Source source(String id, SourceKind kind, @Nullable String behind, String... metrics) {
        List<Metric> measured = List.of(metrics).stream()
                .map(metric -> new Metric(metric, "mm", 600, List.of(), null, false, Plausibility.ANYTHING, List.of()))
                .toList();
        return new Source(id, kind, behind, List.of(new Registration("19867", null)), null, null, measured, false);
    }

    private String sent(String sender, String source, String kind, String data) {
        String event = "{\"specversion\":\"1.0\",\"type\":\"vn.kydai." + kind + ".v1\",\"source\":\"/sources/" + source
                + "\",\"data\":" + data + "}";
        Receipt receipt = new Receipt(source, LocalDate.of(2026, 11, 24), false);
        Submission submission = admission.admit(
                new Arrival(receipt, sender, null, null, Buffer.buffer(event), NOW),
                () -> Envelopes.structured(TestingRegistry.json(event)));
        return submission instanceof Submission.DeadLetter letter
                ? letter.reason().id() + " " + letter.detail()
                : "taken";
    }

    private static String data(String kind) {
        return switch (kind) {
            case "dossier" ->
                "{\"dossier\":\"000.00.20.H57-101001-0890\",\"procedure\":\"1.001193\",\"channel\":\"post\",\"status\":9}";
            case "ticket" -> "{\"ticket\":\"A1\",\"step\":\"issued\"}";
            case "rating" -> "{\"level\":\"satisfied\"}";
            case "indicator" -> "{\"indicator\":\"poverty\",\"period\":\"2026\",\"value\":0.1,\"unit\":\"1\"}";
            case "rain" -> "{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
            default -> "{\"metric\":\"water_level\",\"value\":1,\"unit\":\"m\"}";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "desk, desk, dossier",
        "desk, desk, ticket",
        "desk, desk, rating",
        "desk, desk, indicator",
        "desk-rain, desk-rain, rain",
        "gauge, gauge, rain",
        "any, any, rain",
        "any, any, water_level",
        "gate, gate, rain",
        "gate, gauge, rain",
        "gate, desk-behind, dossier"
    })
    void takesWhatTheSourceMaySay(String sender, String source, String said) {
        String kind = said.equals("rain") || said.equals("water_level") ? "reading" : said;
        assertEquals("taken", sent(sender, source, kind, data(said)));
    }

    @ParameterizedTest
    @CsvSource({
        "gauge, gauge, dossier",
        "gauge, gauge, ticket",
        "gauge, gauge, rating",
        "any, any, indicator",
        "gate, gate, dossier",
        "gate, gauge, ticket",
        "gate, desk-behind, rain",
        "desk, desk, rain"
    })
    void keepsAKindThatTheSourceMayNotSayAsADeadLetter(String sender, String source, String said) {
        String kind = said.equals("rain") ? "reading" : said;
        String what = TWO_PROVINCES.sources().find(source).orElseThrow().kind().id();
        assertEquals(
                "not_entitled /type: " + source + ", a " + what + ", may not send a " + kind,
                sent(sender, source, kind, data(said)));
    }

    @ParameterizedTest
    @CsvSource({"gauge, gauge", "gate, gauge", "desk-rain, desk-rain"})
    void keepsAMetricThatTheSourceIsNotRegisteredWithAsADeadLetter(String sender, String source) {
        assertEquals(
                "not_entitled /data/metric: water_level is none of those " + source + " is registered with",
                sent(sender, source, "reading", data("water_level")));
    }

    @ParameterizedTest
    @CsvSource({"19867, taken", "19897, taken", "46, taken", "48, no", "20194, no"})
    void onlyTheOwnTreeDecides(String area, String expected) {
        String dossier = data("dossier").replace("}", ",\"decidingArea\":\"" + area + "\"}");
        String outcome = sent("desk", "desk", "dossier", dossier);
        assertEquals(
                expected.equals("taken")
                        ? "taken"
                        : "not_entitled /data/decidingArea: \"" + area + "\" stands in another tree than 19867",
                outcome);
    }

    @ParameterizedTest
    @CsvSource("NOT_ENTITLED, not_entitled, 131")
    void theReasonIsToldByMqttAsEveryOther(Reason reason, String id, int code) {
        assertEquals(id + " " + code, reason.id() + " " + reason.mqttCode());
    }
}
