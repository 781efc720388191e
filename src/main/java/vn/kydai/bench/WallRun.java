package vn.kydai.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vn.kydai.bench.load.LoadOrder;
import vn.kydai.bench.load.LoadOrder.Mix;
import vn.kydai.bench.load.LoadOrder.Way;
import vn.kydai.bench.load.LoadReport;
import vn.kydai.bench.load.Phase;
import vn.kydai.bench.load.Times;

/** Runs many walls beside a steady trickle of readings, and watches from outside when the silent ones are cut off. */
final class WallRun {
    static final String TABLE = "Walls of one scope";

    /** Walls of which one never reads. */
    private static final int WALLS_PER_STALLED = 10;

    /** Sensors that send, and how often a second each: a patch of about 4 KiB each tick. */
    private static final int SENDERS = 34;

    private static final double SENDS_PER_SECOND = 5;
    private static final double SETTLE_S = 2;
    private static final long LOOK_MS = 200;
    private static final double KIB = 1_024;
    private static final double PERCENT = 100;

    private final RunningSite site;
    private final Plan plan;
    private final List<String> problems;

    /**
     * Prepares runs.
     *
     * @param problems takes what must not be: a reading wall that was closed
     */
    WallRun(RunningSite site, Plan plan, List<String> problems) {
        this.site = site;
        this.plan = plan;
        this.problems = problems;
    }

    static String name(int walls) {
        return walls == 1 ? "1 wall" : walls + " walls, " + walls / WALLS_PER_STALLED + " of them never read";
    }

    Map<String, Double> run(int walls, String run) throws IOException, InterruptedException {
        int stalled = walls / WALLS_PER_STALLED;
        LoadOrder watching = new LoadOrder(
                null, new LoadOrder.Watch(site.address(), walls - stalled, stalled, SETTLE_S, plan.wallSeconds()));
        Map<String, Double> figures = new LinkedHashMap<>();
        try (LoadChild publisher = LoadChild.start(trickle(run), site.site().log());
                ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor()) {
            publisher.await(Phase.CONNECTED);
            double before = site.serverMib();
            double closedBefore = site.stalledWalls();
            try (LoadChild crowd = LoadChild.start(watching, site.site().log())) {
                crowd.await(Phase.CONNECTED);
                Cuts cuts = new Cuts(site, walls);
                var unused = looks.scheduleAtFixedRate(cuts::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
                crowd.await(Phase.MEASURING);
                Usage began = site.usage(crowd);
                crowd.await(Phase.MEASURED);
                end(looks);
                Usage ended = site.usage(crowd);
                double after = site.serverMib();
                double closed = site.stalledWalls() - closedBefore;
                crowd.stop();
                LoadReport.Watched watched =
                        Objects.requireNonNull(crowd.report().watched(), "a crowd without its report");
                checkReaders(name(walls), watched);
                put(figures, watched, walls - stalled);
                ended.putShares(figures, began);
                figures.put(Columns.SERVER_RSS_BEFORE, before);
                figures.put(Columns.SERVER_RSS, after);
                figures.put(Columns.STALLED, (double) stalled);
                figures.put(Columns.CUT, closed);
                cuts.put(figures);
            }
            publisher.stop();
            LoadReport unused = publisher.report();
        }
        return figures;
    }

    /** A look under way when the crowd leaves would find its sockets cut. */
    private static void end(ExecutorService looks) {
        looks.close();
    }

    private void checkReaders(String name, LoadReport.Watched watched) {
        if (!watched.closed().isEmpty()) {
            problems.add(TABLE + ", " + name + ": reading walls were closed, by code: " + watched.closed());
        }
    }

    private LoadOrder trickle(String run) {
        double longest = 10 * plan.wallSeconds() + 600;
        return new LoadOrder(
                new LoadOrder.Publish(
                        site.address(),
                        site.site().fleet(),
                        run,
                        Way.MQTT,
                        Mix.READINGS,
                        SENDERS,
                        SENDERS,
                        1,
                        SENDERS * SENDS_PER_SECOND,
                        0,
                        longest,
                        false),
                null);
    }

    private static void put(Map<String, Double> figures, LoadReport.Watched watched, int readers) {
        Times delays = Times.decode(watched.delays());
        double patches = watched.patches();
        figures.put(Columns.PATCH_RATE, patches / watched.measuredSeconds() / readers);
        figures.put(Columns.PATCH_KIB, watched.chars() / KIB / patches);
        figures.put(Columns.DELAY_P50, delays.millis(50));
        figures.put(Columns.DELAY_P99, delays.millis(99));
        figures.put(Columns.DELAY_MAX, delays.maxMillis());
        figures.put(Columns.SKIPPED, PERCENT * watched.skipped() / (patches + watched.skipped()));
        figures.put(Columns.READERS_CLOSED, (double)
                watched.closed().values().stream().mapToLong(Long::longValue).sum());
    }

    /** Sockets that never read cannot notice that they were cut; the machine's table of connections does. */
    private static final class Cuts {
        private final RunningSite site;
        private final long all;
        private final long sinceNanos = System.nanoTime();
        private long cut;
        private double first = Double.NaN;
        private double last = Double.NaN;

        Cuts(RunningSite site, long all) {
            this.site = site;
            this.all = all;
        }

        synchronized void look() {
            OptionalLong open = site.proc().connections(site.httpPort());
            if (open.isPresent() && all - open.getAsLong() > cut) {
                cut = all - open.getAsLong();
                last = (System.nanoTime() - sinceNanos) / 1e9;
                first = Double.isNaN(first) ? last : first;
            }
        }

        synchronized void put(Map<String, Double> figures) {
            figures.put(Columns.GONE, (double) cut);
            figures.put(Columns.FIRST_CUT, first);
            figures.put(Columns.LAST_CUT, last);
        }
    }
}
