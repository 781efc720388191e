package vn.kydai.bench;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import vn.kydai.bench.Plan.Part;
import vn.kydai.bench.load.Fleet;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Parts;
import vn.kydai.registry.WorkingCalendar;

/** Runs a plan, round by round, each on an installation of its own, so that no round pays for the one before. */
public final class Benchmark {
    private static final int SECRET_BYTES = 16;

    /** Beyond it a journal is filled once, and its rounds follow one another. */
    private static final long REFILLED = 1_000_000;

    private static final String GROWN_START = "Start on a grown journal";
    private static final String GROWN_LOAD = "Load on a grown journal: ";

    private final Vertx vertx;
    private final Plan plan;
    private final Consumer<String> progress;
    private final Fleet fleet;
    private final String scope;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String postgres = "unknown";

    /**
     * Prepares a run.
     *
     * @param scope the area whose leaves send and whose walls are watched
     * @param progress told what goes on
     */
    public Benchmark(Vertx vertx, Plan plan, String scope, Consumer<String> progress) {
        this.vertx = vertx;
        this.plan = plan;
        this.scope = scope;
        this.progress = progress;
        Areas areas = Parts.load(plan.configuration()).registry().areas();
        this.fleet = new Fleet(secret(), areas.leaves(scope, today()));
    }

    /**
     * Runs everything.
     *
     * @param build of Kydai
     * @param arguments of the command line
     */
    public Results run(String build, List<String> arguments) throws Exception {
        for (int round = 1; round <= plan.rounds(); round++) {
            round(round);
        }
        if (plan.has(Part.GROWTH)) {
            for (long events : plan.growth()) {
                grown(events);
            }
        }
        return new Results(Machine.here(postgres, build, arguments), plan, measurements, problems);
    }

    private void round(int round) throws Exception {
        progress.accept("round " + round + ": a fresh installation");
        try (Site site = Site.create(vertx, plan, fleet, scope)) {
            if (plan.has(Part.STARTUP)) {
                new StartupRun(site, plan.databaseUri().isEmpty())
                        .run()
                        .forEach((name, figures) -> add(StartupRun.TABLE, name, round, figures));
            }
            List<PublishCase> loads = PublishCase.all(plan);
            if (!loads.isEmpty() || plan.has(Part.WALLS)) {
                running(site, running -> loads(running, loads, round));
            }
        }
    }

    private void loads(RunningSite running, List<PublishCase> loads, int round) throws Exception {
        PublishRun publishing = new PublishRun(running, plan, problems);
        double rate = warmUp(publishing);
        int number = 0;
        for (PublishCase load : loads) {
            Map<String, Double> figures = publishing.run(load, "r" + number++, load.rate() > 0 ? load.rate() : rate);
            add(load.table(), load.name(), round, figures);
        }
        for (int walls : plan.has(Part.WALLS) ? plan.walls() : List.<Integer>of()) {
            add(WallRun.TABLE, WallRun.name(walls), round, new WallRun(running, plan).run(walls, "w" + number++));
        }
    }

    /** Returns the rate that the last of it reached. */
    private double warmUp(PublishRun publishing) throws Exception {
        progress.accept("  warming up");
        double rate = 0;
        for (PublishCase warmup : PublishCase.warmups()) {
            rate = publishing.run(warmup, "warm-" + warmup.way(), 0).getOrDefault(Columns.RATE, 0.0);
        }
        return rate;
    }

    private void grown(long events) throws Exception {
        Site site = filled(events);
        try {
            for (int round = 1; round <= plan.rounds(); round++) {
                if (round > 1 && events <= REFILLED) {
                    site.close();
                    site = filled(events);
                }
                grown(site, events, round);
            }
        } finally {
            site.close();
        }
    }

    private Site filled(long events) throws Exception {
        progress.accept(String.format(Locale.ROOT, "a journal of %,d events is being filled", events));
        Site site = Site.create(vertx, plan, fleet, scope);
        site.withDatabase((options, sql) -> new GrownJournal(sql, fleet).fill(events, today()));
        return site;
    }

    private void grown(Site site, long events, int round) throws Exception {
        String size = String.format(Locale.ROOT, "%,d events", events);
        running(site, running -> {
            add(
                    GROWN_START,
                    size,
                    round,
                    Map.of(Columns.READY, running.readySeconds(), Columns.SERVER_RSS, running.serverMib()));
            PublishRun publishing = new PublishRun(running, plan, problems);
            double rate = warmUp(publishing);
            for (PublishCase load : PublishCase.grown(plan)) {
                Map<String, Double> figures =
                        publishing.run(load, "g" + round + load.rate(), load.rate() > 0 ? load.rate() : rate);
                add(GROWN_LOAD + load.name(), size, round, figures);
            }
        });
    }

    /** What is done while a site's server runs. */
    @FunctionalInterface
    private interface Work {
        void on(RunningSite running) throws Exception;
    }

    private void running(Site site, Work work) throws Exception {
        try (ServerChild server = site.start()) {
            site.withDatabase((options, sql) -> {
                postgres = sql.getMetaData().getDatabaseProductVersion()
                        + (plan.databaseUri().isEmpty() ? " (embedded)" : " (external)");
                work.on(new RunningSite(site, server, sql));
            });
        }
    }

    private void add(String table, String name, int round, Map<String, Double> figures) {
        measurements.add(new Measurement(table, name, round, figures));
        StringBuilder line = new StringBuilder("  " + name + ":");
        figures.forEach(
                (column, value) -> line.append(' ').append(column).append(' ').append(MarkdownReport.number(value)));
        progress.accept(line.toString());
    }

    private static LocalDate today() {
        return WorkingCalendar.dateOf(InstantSource.system().instant());
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "bench_" + HexFormat.of().formatHex(bytes) + "_";
    }
}
