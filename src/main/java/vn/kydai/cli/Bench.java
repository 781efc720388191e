package vn.kydai.cli;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.kydai.bench.Benchmark;
import vn.kydai.bench.JsonReport;
import vn.kydai.bench.MarkdownReport;
import vn.kydai.bench.Plan;
import vn.kydai.bench.Plan.Part;
import vn.kydai.bench.Results;
import vn.kydai.config.Build;

/** Measures a server of its own, with clients in processes of their own. */
@Command(
        name = "bench",
        description = "Measures a server of its own, on a database of its own; prints a Markdown table.",
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {
    private static final String SCOPE = "477";
    private static final int SECONDS_PER_MINUTE = 60;

    private final Installation installation;
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", description = "how often all is repeated (default: 3)")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "measured of each load (default: 10)")
    private double seconds = 10;

    @Option(
            names = "--cases",
            paramLabel = "CASE",
            split = ",",
            description = "startup, mqtt, http, flood, alarms, walls, growth (default: all)")
    private Set<Part> cases = EnumSet.allOf(Part.class);

    @Option(names = "--clients", paramLabel = "N", split = ",", description = "MQTT clients (default: 1,50,500)")
    private List<Integer> clients = List.of(1, 50, 500);

    @Option(names = "--walls", paramLabel = "N", split = ",", description = "walls (default: 1,200,1000)")
    private List<Integer> walls = List.of(1, 200, 1_000);

    @Option(
            names = "--growth",
            paramLabel = "N",
            split = ",",
            description = "events in the journal before (default: 10000,1000000,10000000)")
    private List<Long> growth = List.of(10_000L, 1_000_000L, 10_000_000L);

    @Option(
            names = "--database-uri",
            paramLabel = "URI",
            description = "a PostgreSQL on which databases may be created (default: the embedded one)")
    private String databaseUri = "";

    @Option(names = "--out", paramLabel = "DIR", description = "takes bench.json and bench.md (default: target/bench)")
    private Path out = Path.of("target", "bench");

    Bench(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = plan();
        console.err().printf("this takes about %.0f min%n", Math.ceil(plan.estimatedSeconds() / SECONDS_PER_MINUTE));
        Vertx vertx = Vertx.vertx();
        try {
            Benchmark benchmark = new Benchmark(
                    vertx,
                    plan,
                    installation.checkedArea("--config", SCOPE),
                    line -> console.err().println(line));
            return report(benchmark.run(Build.name(), arguments()));
        } finally {
            Waiting.on(vertx.close());
        }
    }

    int report(Results results) throws Exception {
        String table = MarkdownReport.of(results);
        Files.createDirectories(out);
        Files.writeString(out.resolve("bench.json"), JsonReport.of(results));
        Files.writeString(out.resolve("bench.md"), table);
        console.out().print(table);
        console.out().flush();
        results.problems().forEach(problem -> console.err().println("kydai: " + problem));
        return results.isWhole() ? 0 : 1;
    }

    private Plan plan() {
        if (rounds < 1) {
            throw new Refusal("--rounds: found " + rounds + "; allowed: 1 or more");
        }
        if (!(seconds > 0)) {
            throw new Refusal("--seconds: found " + seconds + "; allowed: more than 0");
        }
        requirePositive("--clients", clients);
        requirePositive("--walls", walls);
        requirePositive("--growth", growth);
        return new Plan(
                rounds,
                seconds,
                cases,
                clients,
                walls,
                growth,
                installation.directories().config(),
                databaseUri);
    }

    private static void requirePositive(String option, List<? extends Number> numbers) {
        if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number.longValue() < 1)) {
            throw new Refusal(option + ": found " + numbers + "; allowed: numbers from 1");
        }
    }

    /** A password may stand in an option. */
    private List<String> arguments() {
        CommandSpec known = spec;
        return known == null
                ? List.of()
                : Arrays.stream(known.commandLine()
                                .getParseResult()
                                .originalArgs()
                                .toArray(String[]::new))
                        .map(word -> word.replaceFirst("(postgres(?:ql)?://)[^@/]*@", "$1…@"))
                        .toList();
    }
}
