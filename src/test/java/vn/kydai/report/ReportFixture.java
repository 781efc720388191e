package vn.kydai.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vn.kydai.access.AccessFixture;
import vn.kydai.access.Role;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration;
import vn.kydai.event.Data;
import vn.kydai.event.DossierState;
import vn.kydai.event.Event;
import vn.kydai.event.Excess;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading;
import vn.kydai.event.codec.Json;
import vn.kydai.http.HttpFixture;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar;

/** A province with a region of two communes and a commune beside it, read over a real server. */
final class ReportFixture implements AutoCloseable {
    static final Instant INGEST_TIME = Instant.parse("2026-11-25T02:10:00.412Z");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private static final int MAX_CONNECTIONS = 1_000;
    static final String AREAS = """
            {"areas": [
              {"id": "46", "name": "Huế", "level": "province"},
              {"id": "477", "name": "Quảng Điền", "nameEn": "Quang Dien", "level": "region", "parent": "46",
               "members": ["19867", "19894"]},
              {"id": "19867", "name": "Sịa", "level": "commune", "validTo": "2025-07-01", "latitude": 16.57, "longitude": 107.51},
              {"id": "19894", "name": "Quảng Phú", "level": "commune"},
              {"id": "19801", "name": "Phong Thu", "level": "commune", "parent": "46", "validTo": "2025-07-01",
               "successor": "19800"},
              {"id": "19800", "name": "Phong Dinh", "level": "commune", "parent": "46", "validFrom": "2025-07-01"},
              {"id": "19700", "name": "Phú Xuân", "level": "commune", "parent": "46"}]}
            """;
    private static final String SOURCES = """
            {"sources": [
              {"id": "wl-sia", "kind": "sensor", "area": "19867"},
              {"id": "rain-total", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true}]},
              {"id": "wl-phu", "kind": "sensor", "area": "19894"},
              {"id": "wl-xuan", "kind": "sensor", "area": "19700"}]}
            """;

    static final String PROCEDURES = """
            {"procedures": [
              {"code": "1.001193", "name": "Đăng ký khai sinh", "nameEn": "Birth registration", "field": "Hộ tịch",
               "unit": "sameDay", "online": "partial"},
              {"code": "2.000488", "name": "Cấp phiếu lý lịch tư pháp", "nameEn": "Criminal record", "field": "Tư pháp",
               "unit": "workingDays", "time": 1, "online": "full", "validTo": "2026-11-10"},
              {"code": "1.004873", "name": "Xác nhận tình trạng hôn nhân", "nameEn": "Marital status",
               "field": "Hộ tịch", "unit": "workingDays", "time": 3, "online": "full"}]}
            """;

    private static final String THRESHOLDS = """
            {"metrics": {
               "water_level": {"unit": "m", "min": -5, "max": 20, "resolution": 0.001, "cadenceSeconds": 900},
               "rain": {"unit": "mm", "min": 0, "max": 50, "resolution": 0.01, "cadenceSeconds": 600}},
             "targets": []}
            """;

    final AccessFixture database = new AccessFixture();
    final RecordedJournal journal = new RecordedJournal();
    final List<Route> mounted = new ArrayList<>();
    final HttpFixture http;
    volatile List<DossierState> dossiers = List.of();
    volatile List<Excess> beyond = List.of();

    ReportFixture() throws IOException {
        this(AREAS);
    }

    /** Knows another tree; its sources are those of the first one all the same. */
    ReportFixture(String areas) throws IOException {
        Registry registry = new Registry(
                Areas.of(tree(areas)),
                Sources.of(tree(SOURCES)),
                Procedures.of(tree(PROCEDURES)),
                WorkingCalendar.PLAIN,
                Thresholds.of(tree(THRESHOLDS)));
        http = new HttpFixture(List.of(router -> mount(router, registry)), MAX_CONNECTIONS);
    }

    private void mount(Router router, Registry registry) {
        new ReportRoutes(journal, database.pool, () -> registry, () -> INGEST_TIME, meters).mount(router);
        new DossierRoutes(
                        () -> registry,
                        () -> INGEST_TIME,
                        () -> Future.succeededFuture(new Folded(dossiers, beyond)),
                        journal,
                        Settings.DEFAULTS.report())
                .mount(router);
        mounted.addAll(router.getRoutes());
    }

    void reading(long position, String source, String area) {
        add(position, source, area, new Reading("water_level", 3.11, "m", null));
    }

    void configuration(long position) {
        add(position, "kydai", "-", new Configuration(Configuration.Part.AREAS, "digest", "{}"));
    }

    private void add(long position, String source, String area, Data data) {
        Instant eventTime = Instant.parse("2026-11-25T02:10:00Z");
        journal.add(new Journaled(
                position, INGEST_TIME, new Event("r-" + position, source, area, eventTime, false, null, data)));
    }

    String token(Role role, String scope) {
        return http.signIns.addToken(role, scope, 0);
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return http.send(http.request(path, token));
    }

    static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        database.close();
    }
}
