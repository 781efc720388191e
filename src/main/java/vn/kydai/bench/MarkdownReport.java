package vn.kydai.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The results as Markdown: the machine, the targets, a table a part; median (min–max) over the rounds. */
public final class MarkdownReport {
    private static final String NOTHING = "—";
    private static final double MANY = 100;
    private static final double SOME = 10;

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    /** Writes results. */
    public static String of(Results results) {
        MarkdownReport report = new MarkdownReport();
        report.head(results);
        report.targets(results);
        results.spreads().forEach(report::table);
        report.problems(results.problems());
        return report.text.toString();
    }

    private void head(Results results) {
        Machine machine = results.machine();
        line("# Benchmark");
        line("");
        line(String.join(
                " · ",
                machine.cpu() + ", " + machine.cores() + " cores, " + number(machine.memoryGib()) + " GiB",
                machine.system() + ", " + machine.kernel(),
                "Java " + machine.java(),
                "PostgreSQL " + machine.postgres(),
                "Kydai " + machine.build()));
        line("");
        line("`" + machine.command() + "` · " + results.plan().rounds() + " rounds of "
                + number(results.plan().seconds())
                + " s; median (min–max). Server, database and clients share the cores."
                + " How it is measured: docs/performance.md");
    }

    private void targets(Results results) {
        Map<String, Map<String, Map<String, Spread>>> spreads = results.spreads();
        List<List<String>> rows = new ArrayList<>();
        for (Target target : Target.all(results.plan())) {
            Spread spread = target.measured(spreads);
            rows.add(List.of(target.text(), cell(spread), target.verdict(spread)));
        }
        table("Targets", List.of("target", "measured", ""), rows);
    }

    private void table(String title, Map<String, Map<String, Spread>> cases) {
        Set<String> columns = new LinkedHashSet<>();
        cases.values().forEach(row -> columns.addAll(row.keySet()));
        List<String> head = new ArrayList<>(List.of("case"));
        head.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        cases.forEach((name, row) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            columns.forEach(column -> cells.add(cell(row.getOrDefault(column, Spread.NONE))));
            rows.add(cells);
        });
        table(title, head, rows);
    }

    private void table(String title, List<String> head, List<List<String>> rows) {
        line("");
        line("## " + title);
        line("");
        line("| " + String.join(" | ", head) + " |");
        line("|" + String.join("|", Collections.nCopies(head.size(), "---")) + "|");
        rows.forEach(row -> line("| " + String.join(" | ", row) + " |"));
    }

    private void problems(List<String> problems) {
        if (!problems.isEmpty()) {
            line("");
            line("## Problems");
            line("");
            problems.forEach(problem -> line("- " + problem));
        }
    }

    private static String cell(Spread spread) {
        if (Double.isNaN(spread.median())) {
            return NOTHING;
        }
        String median = number(spread.median());
        String min = number(spread.min());
        String max = number(spread.max());
        return min.equals(max) ? median : median + " (" + min + "–" + max + ")";
    }

    /** Writes three digits, or all of a large number. */
    static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= SOME ? "%.1f" : "%.2f", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
