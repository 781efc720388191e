package vn.kydai.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar;

/** A small town: a desk that moved, a sensor, a gateway with a gauge behind it, and one that was revoked. */
final class TestingRegistry {
    static final Registry TOWN = new Registry(
            Areas.of(json("""
                {"areas": [
                  {"id": "477", "code": "477", "name": "Quảng Điền", "nameEn": "Quang Dien", "level": "district"},
                  {"id": "19867", "code": "19867", "name": "Sịa", "nameEn": "Sia", "level": "commune", "parent": "477"},
                  {"id": "19897", "code": "19897", "name": "Quảng Phú", "nameEn": "Quang Phu", "level": "commune", "parent": "477"}
                ]}\
                """)),
            Sources.of(List.of(
                    source("desk-1", SourceKind.DESK, null, false),
                    source("wl-1", SourceKind.SENSOR, null, false),
                    source("gw-1", SourceKind.GATEWAY, null, false),
                    source("gauge-1", SourceKind.SENSOR, "gw-1", false),
                    source("gone-1", SourceKind.SENSOR, null, true))),
            Procedures.NONE,
            WorkingCalendar.PLAIN,
            Thresholds.of(json("""
                {"metrics": {
                  "water_level": {"unit": "m", "units": {"mm": 0.001, "km": 1000}, "resolution": 0.001, "cadenceSeconds": 600},
                  "rain": {"unit": "mm", "resolution": 0.1, "cadenceSeconds": 600},
                  "dust": {"unit": "ug/m3", "units": {"µg/m³": 1}, "resolution": 0.1, "cadenceSeconds": 600},
                  "earth": {"unit": "Ω", "resolution": 0.1, "cadenceSeconds": 600}
                }}\
                """)));

    /** The town with every metric of the shipped configuration, and one source more for each way in. */
    static final Registry WHOLE = new Registry(
            TOWN.areas(),
            TOWN.sources()
                    .with(Sources.of(List.of(
                            source("office-2", SourceKind.DESK, null, false),
                            source("kiosk-3", SourceKind.DESK, null, false),
                            source("mast-4", SourceKind.SENSOR, null, false),
                            source("gw-5", SourceKind.GATEWAY, null, false),
                            source("gauge-6", SourceKind.SENSOR, "gw-5", false),
                            source("station-7", SourceKind.SENSOR, null, false)))),
            TOWN.procedures(),
            TOWN.calendar(),
            Parts.load(Path.of("config")).registry().thresholds());

    private TestingRegistry() {}

    /** Returns the town with one more source. */
    static Registry with(Source source) {
        return new Registry(
                TOWN.areas(),
                TOWN.sources().with(Sources.of(List.of(source))),
                TOWN.procedures(),
                TOWN.calendar(),
                TOWN.thresholds());
    }

    /** Returns a source that was in 19867, and in 19897 from 2026-01-01 on. */
    static Source source(String id, SourceKind kind, @Nullable String behind, boolean isRevoked) {
        List<Registration> registrations = List.of(
                new Registration("19867", null), new Registration("19897", Instant.parse("2026-01-01T00:00:00Z")));
        return new Source(id, kind, behind, registrations, null, null, List.of(), isRevoked);
    }

    /** Returns the town with a sensor that belongs elsewhere now. */
    static Registry withMoved(String id, Registration... registrations) {
        return with(new Source(id, SourceKind.SENSOR, null, List.of(registrations), null, null, List.of(), false));
    }

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
