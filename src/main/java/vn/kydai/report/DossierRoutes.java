package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vn.kydai.access.JsonBody;
import vn.kydai.config.Settings;
import vn.kydai.event.DossierState;
import vn.kydai.journal.Journal;
import vn.kydai.registry.Registry;

/** Mounts what reads dossiers: the list, the reports with their balance, data quality and the index of Quyết định 766. */
public final class DossierRoutes {
    private final Supplier<Registry> registry;
    private final InstantSource clock;
    private final DossierStates states;
    private final Journal journal;
    private final Settings.Report settings;

    /**
     * Wires it.
     *
     * @param registry gives what is known now
     * @param folds tell how every dossier stands
     * @param journal tells what is set aside
     */
    public DossierRoutes(
            Supplier<Registry> registry,
            InstantSource clock,
            Supplier<Future<Folded>> folds,
            Journal journal,
            Settings.Report settings) {
        this.registry = registry;
        this.clock = clock;
        this.states = new DossierStates(folds);
        this.journal = journal;
        this.settings = settings;
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/api/v1/dossiers").handler(this::list);
        router.get("/api/v1/reports/dossiers")
                .handler(context -> report(context, "dossiers", DossierReport::json, DossierReport::csv));
        router.get("/api/v1/reports/ii06a")
                .handler(context -> report(context, "ii06a", FormII06a::json, FormII06a::csv));
        router.get("/api/v1/reports/index766").handler(this::index);
        router.get("/api/v1/reports/quality").handler(this::quality);
    }

    private void list(RoutingContext context) {
        DossierQuery query = query(context);
        Predicate<DossierState> filter = DossierFilter.of(
                context.request().getParam("status"),
                query.registry(),
                query.today().toEpochDay());
        DossierList.Page page = DossierList.Page.of(
                context.request().getParam("cursor"), context.request().getParam("limit"));
        answer(context, states.ask(context, folded -> DossierList.json(query, filter, page, folded.dossiers())));
    }

    private void report(
            RoutingContext context,
            String name,
            BiFunction<DossierQuery, List<DossierState>, ObjectNode> json,
            BiFunction<DossierQuery, List<DossierState>, String> csv) {
        DossierQuery query = reported(context);
        if (query.isCsv()) {
            String file = name + "-" + query.area().replace('@', '_') + "-"
                    + query.period().text();
            states.ask(context, folded -> csv.apply(query, folded.dossiers()))
                    .onSuccess(table -> Answers.csv(context, file, table))
                    .onFailure(context::fail);
        } else {
            answer(context, states.ask(context, folded -> json.apply(query, folded.dossiers())));
        }
    }

    private void index(RoutingContext context) {
        DossierQuery query = reported(context);
        answer(
                context,
                states.ask(
                        context, folded -> Index766.json(query, query.total(folded.dossiers()), settings.index766())));
    }

    private void quality(RoutingContext context) {
        DossierQuery query = query(context);
        answer(
                context,
                states.ask(
                        context,
                        folded -> DataQuality.json(query, folded.dossiers(), folded.beyond(), journal.setAside())));
    }

    private DossierQuery query(RoutingContext context) {
        return DossierQuery.of(context, registry.get(), clock.instant());
    }

    private DossierQuery reported(RoutingContext context) {
        return DossierQuery.ofReport(context, registry.get(), clock.instant());
    }

    private static void answer(RoutingContext context, Future<ObjectNode> body) {
        body.onSuccess(json -> JsonBody.answer(context, json)).onFailure(context::fail);
    }
}
