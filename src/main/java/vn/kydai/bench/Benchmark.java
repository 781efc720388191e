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
import java.util.Optional;
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

    private static final String GROWN_FIRST = "First start on a grown journal, nothing of it folded yet";
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
    private int runs;

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
        for (int n = 1; n <= plan.rounds(); n++) {
            int round = n;
            attempt("round " + round, () -> round(round));
        }
        for (long events : plan.has(Part.GROWTH) ? plan.growth() : List.<Long>of()) {
            grown(events);
        }
        return new Results(Machine.here(postgres, build, arguments), plan, measurements, problems);
    }

    private void round(int round) throws Exception {
        progress.accept("round " + round + ": a fresh installation");
        try (Site site = Site.create(vertx, plan, fleet, scope)) {
            if (plan.has(Part.STARTUP)) {
                startups(site, round);
            }
            List<PublishCase> loads = PublishCase.all(plan);
            if (!loads.isEmpty() || plan.has(Part.WALLS)) {
                running(site, running -> loads(running, loads, round));
            }
        }
    }

    private void startups(Site site, int round) throws Exception {
        StartupRun starts = new StartupRun(
                site, plan.databaseUri().isEmpty(), (name, figures) -> add(StartupRun.TABLE, name, round, figures));
        attempt(StartupRun.TABLE, starts::plain);
        Optional<String> obstacle = AotCache.obstacle();
        if (obstacle.isPresent()) {
            progress.accept("  no starts with an AOT cache: " + obstacle.get());
        } else {
            attempt(StartupRun.TABLE + StartupRun.CACHED, starts::cached);
        }
    }

    private void loads(RunningSite running, List<PublishCase> loads, int round) throws Exception {
        PublishRun publishing = new PublishRun(running, plan, problems);
        double rate = warmUp(publishing);
        for (PublishCase load : loads) {
            attempt(load.table() + ", " + load.name(), () -> {
                Map<String, Double> figures = publishing.run(load, nextRun(), load.rate() > 0 ? load.rate() : rate);
                add(load.table(), load.name(), round, figures);
            });
        }
        for (int walls : plan.has(Part.WALLS) ? plan.walls() : List.<Integer>of()) {
            String name = WallRun.name(walls);
            attempt(WallRun.TABLE + ", " + name, () -> {
                WallRun watching = new WallRun(running, plan, problems);
                add(WallRun.TABLE, name, round, watching.run(walls, nextRun()));
            });
        }
    }

    /** Returns a name no other load has: what was sent under it before would be a duplicate. */
    private String nextRun() {
        return "r" + runs++;
    }

    /** Returns the rate that the last of it reached. */
    private double warmUp(PublishRun publishing) throws Exception {
        progress.accept("  warming up");
        double rate = 0;
        for (PublishCase warmup : PublishCase.warmups()) {
            rate = publishing.run(warmup, nextRun(), 0).getOrDefault(Columns.RATE, 0.0);
        }
        return rate;
    }

    private void grown(long events) throws Exception {
        int roundsPerSite = events <= REFILLED ? 1 : plan.rounds();
        String size = String.format(Locale.ROOT, "%,d events", events);
        for (int n = 1; n <= plan.rounds(); n += roundsPerSite) {
            int first = n;
            attempt("a journal of " + size, () -> {
                try (Site site = Site.create(vertx, plan, fleet, scope)) {
                    progress.accept("a journal of " + size + " is being filled");
                    site.withDatabase((options, sql) -> new GrownJournal(sql, fleet).fill(events, today()));
                    try (ServerChild folding = site.start()) {
                        add(GROWN_FIRST, size, first, Map.of(Columns.READY, folding.readySeconds()));
                    }
                    for (int round = first; round < first + roundsPerSite; round++) {
                        grown(site, size, round);
                    }
                }
            });
        }
    }

    private void grown(Site site, String size, int round) throws Exception {
        running(site, running -> {
            add(
                    GROWN_START,
                    size,
                    round,
                    Map.of(Columns.READY, running.readySeconds(), Columns.SERVER_RSS, running.serverMib()));
            PublishRun publishing = new PublishRun(running, plan, problems);
            double rate = warmUp(publishing);
            for (PublishCase load : PublishCase.grown(plan)) {
                attempt(GROWN_LOAD + load.name() + ", " + size, () -> {
                    Map<String, Double> figures = publishing.run(load, nextRun(), load.rate() > 0 ? load.rate() : rate);
                    add(GROWN_LOAD + load.name(), size, round, figures);
                });
            }
        });
    }

    /** What may fail without taking along what was measured before it. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(String name, Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (Exception e) {
            if (e instanceof InterruptedException || isEnding()) {
                throw e;
            }
            problems.add(name + ": " + e);
            progress.accept("  " + name + " failed: " + e);
        }
    }

    /** Tells whether this process was told to end; then nothing more is to be tried. Only its hooks know. */
    private static boolean isEnding() {
        try {
            return Runtime.getRuntime().removeShutdownHook(new Thread());
        } catch (IllegalStateException ending) {
            return true;
        }
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
