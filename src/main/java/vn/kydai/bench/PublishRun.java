package vn.kydai.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import vn.kydai.bench.load.LoadOrder;
import vn.kydai.bench.load.LoadReport;
import vn.kydai.bench.load.Phase;
import vn.kydai.bench.load.Times;

/** Runs one load, the baseline directly before it, and holds it against the ledger. */
final class PublishRun {
    /** Fewer rows are over before a clock can tell. */
    private static final int FEWEST_COPIED = 50_000;

    private static final int MOST_COPIED = 300_000;

    /** The server counts received and ended events apart for a moment. */
    private static final int LEDGER_LOOKS = 20;

    private final RunningSite site;
    private final Plan plan;
    private final List<String> problems;

    /**
     * Prepares runs.
     *
     * @param problems takes what does not add up
     */
    PublishRun(RunningSite site, Plan plan, List<String> problems) {
        this.site = site;
        this.plan = plan;
        this.problems = problems;
    }

    /**
     * Runs a case.
     *
     * @param run unique in the site
     * @param expectedRate events a second, to copy as many rows as will be sent
     */
    Map<String, Double> run(PublishCase publish, String run, double expectedRate)
            throws IOException, SQLException, InterruptedException {
        int rows = Math.clamp(Math.round(expectedRate * plan.seconds()), FEWEST_COPIED, MOST_COPIED);
        double copied = new CopyBaseline(site.sql()).rowsPerSecond(site.site().fleet(), rows);
        LedgerCount before = site.ledger();
        Map<String, Double> figures = new LinkedHashMap<>();
        LoadReport.Published published;
        Map<String, Double> used = new LinkedHashMap<>();
        try (LoadChild child = LoadChild.start(
                publish.order(site.address(), site.site().fleet(), run, plan),
                site.site().log())) {
            child.await(Phase.CONNECTED);
            child.await(Phase.MEASURING);
            Usage began = site.usage(child);
            child.await(Phase.MEASURED);
            site.usage(child).putShares(used, began);
            used.put(Columns.SERVER_RSS, site.serverMib());
            used.put(Columns.POSTGRES_PSS, site.postgresMib());
            published = Objects.requireNonNull(child.report().published(), "a load without its report");
        }
        double rate = published.answered() / published.measuredSeconds();
        figures.put(Columns.RATE, rate);
        figures.put(Columns.COPY_RATE, copied);
        figures.put(Columns.OF_COPY, rate / copied);
        putTimes(figures, published);
        if (publish.mix() == LoadOrder.Mix.ALARMS) {
            putAlarms(figures, published);
        }
        figures.putAll(used);
        check(publish.table() + ", " + publish.name(), before, published);
        return figures;
    }

    private static void putTimes(Map<String, Double> figures, LoadReport.Published published) {
        Times answers = Times.decode(published.answerTimes());
        Times wall = Times.decode(published.wallTimes());
        figures.put(Columns.ANSWER_P50, answers.millis(50));
        figures.put(Columns.ANSWER_P99, answers.millis(99));
        figures.put(Columns.ANSWER_P999, answers.millis(99.9));
        figures.put(Columns.ANSWER_MAX, answers.maxMillis());
        figures.put(Columns.WALL_P50, wall.millis(50));
        figures.put(Columns.WALL_P99, wall.millis(99));
        figures.put(Columns.WALL_MAX, wall.maxMillis());
        figures.put(Columns.UNSEEN, (double) published.unseen());
    }

    private static void putAlarms(Map<String, Double> figures, LoadReport.Published published) {
        Times alarms = Times.decode(published.alarmTimes());
        figures.put(Columns.ALARMS, (double) alarms.count());
        figures.put(Columns.ALARM_P50, alarms.millis(50));
        figures.put(Columns.ALARM_P99, alarms.millis(99));
        figures.put(Columns.ALARM_MAX, alarms.maxMillis());
        figures.put(Columns.ALARMS_UNSEEN, (double) published.unseenAlarms());
    }

    private void check(String name, LedgerCount before, LoadReport.Published published)
            throws IOException, InterruptedException {
        List<String> found = site.ledger().minus(before).contradictions(published);
        for (int look = 1; look < LEDGER_LOOKS && !found.isEmpty(); look++) {
            TimeUnit.MILLISECONDS.sleep(100);
            found = site.ledger().minus(before).contradictions(published);
        }
        found.forEach(problem -> problems.add(name + ": " + problem));
    }
}
