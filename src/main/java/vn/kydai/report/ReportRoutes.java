package vn.kydai.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Role;
import vn.kydai.journal.Journal;
import vn.kydai.registry.Registry;

/** Mounts what reads: events, ledger, areas, series, queues, the alarms' history and performance, and the dictionary of figures. */
public final class ReportRoutes {
    private final EventsRoute events;
    private final LedgerRoute ledger;
    private final AreasRoute areas;
    private final SeriesRoute series;
    private final QueueRoute queue;
    private final AlarmHistoryRoute alarmHistory;
    private final AlarmPerformanceRoute alarmPerformance;
    private final String figures;

    /**
     * Wires it.
     *
     * @param pool reads the rollups
     * @param registry gives what is known now
     */
    public ReportRoutes(
            Journal journal, Pool pool, Supplier<Registry> registry, InstantSource clock, MeterRegistry meters) {
        this.events = new EventsRoute(journal, registry, clock, meters);
        this.ledger = new LedgerRoute(journal, registry, clock);
        this.areas = new AreasRoute(registry, clock);
        this.series = new SeriesRoute(pool, registry, clock);
        this.queue = new QueueRoute(pool, registry, clock);
        this.alarmHistory = new AlarmHistoryRoute(pool, registry, clock);
        this.alarmPerformance = new AlarmPerformanceRoute(pool, registry, clock);
        this.figures = resource("/figures.json");
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/api/v1/events").handler(events::handle);
        router.get("/api/v1/ledger").handler(ledger::handle);
        router.get("/api/v1/areas").handler(areas::handle);
        router.get("/api/v1/series").handler(series::handle);
        router.get("/api/v1/reports/queue").handler(queue::handle);
        router.get("/api/v1/alarms/history").handler(alarmHistory::handle);
        router.get("/api/v1/alarms/performance").handler(alarmPerformance::handle);
        router.get("/api/v1/figures").handler(this::figures);
    }

    private void figures(RoutingContext context) {
        Callers.require(context, Role.WALL);
        JsonBody.answer(context, 200, figures);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportRoutes.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
