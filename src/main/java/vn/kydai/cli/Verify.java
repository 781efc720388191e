package vn.kydai.cli;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import vn.kydai.config.Settings;
import vn.kydai.registry.Areas;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.report.CounterSeries;
import vn.kydai.verify.Verification;
import vn.kydai.verify.Verification.Difference;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** Recomputes the rollups from the journal by independent SQL and prints what differs: exit 0 nothing, 1 something. */
@Command(
        name = "verify",
        description = "Recomputes every rollup from the journal and prints the differences; exit 1 if there are any.",
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {
    /** Earlier releases took instants of any year of four digits, with any offset. */
    private static final LocalDate FIRST = LocalDate.of(-1, 1, 1);

    private static final LocalDate LAST = LocalDate.of(10_001, 1, 1);

    private final Installation installation;
    private final Console console;

    @Option(names = "--from", paramLabel = "DATE", description = "First local day, YYYY-MM-DD; default: all.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Local day after the last; default: all.")
    private @Nullable LocalDate to;

    @Option(names = "--area", paramLabel = "AREA", description = "Id of an area: its subtree alone; default: all.")
    private @Nullable String area;

    Verify(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        LocalDate first = from == null ? FIRST : from;
        LocalDate last = to == null ? LAST : to;
        if (!first.isBefore(last)) {
            throw new Refusal(
                    "--to: found " + last + ", which is not after --from " + first + "; allowed: a later day");
        }
        String top = area == null ? null : installation.checkedArea("--area", area);
        Settings.Aggregate bounds = installation.settings().aggregate();
        Optional<Result> result = installation.withDatabase(database -> new SourceStore(database.pool())
                .load()
                .map(sources -> new Scope(first, last, top == null ? null : within(top, sources)))
                .compose(scope -> new Verification(database.pool(), bounds, CounterSeries::fallen).run(scope)));
        int exit = result.map(this::print).orElseGet(this::nothing);
        console.out().flush();
        return exit;
    }

    private int print(Result result) {
        for (Difference difference : result.shown()) {
            console.out()
                    .println(difference.figure() + " " + difference.area() + " " + difference.width() + " "
                            + difference.start() + ": stored " + orNone(difference.stored()) + ", recomputed "
                            + orNone(difference.recomputed()));
        }
        long more = result.differences() - result.shown().size();
        if (more > 0) {
            console.out().println("and " + more + " more");
        }
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%,d buckets as of position %d: %,d differences; %,d outcomes only within bounds",
                        result.buckets(),
                        result.position(),
                        result.differences(),
                        result.bounded()));
        return result.differences() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int nothing() {
        console.err()
                .println("kydai: there is no checkpoint yet, so there is nothing to verify; let the server run first");
        return ExitCode.SOFTWARE;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /** All units the area ever had, and the sources ever registered in one of them. */
    private Set<String> within(String top, Sources sources) {
        Areas areas = installation.parts().registry().areas();
        Set<LocalDate> changes = new TreeSet<>(areas.changes());
        changes.addAll(Set.of(FIRST, LAST));
        Set<String> units = new TreeSet<>(Set.of(top));
        changes.forEach(date -> units.addAll(areas.units(top, date)));
        Set<String> all = new TreeSet<>(units);
        for (Source source : sources.all()) {
            if (units.stream().anyMatch(source::wasEverIn)) {
                all.add(source.id());
            }
        }
        return all;
    }
}
