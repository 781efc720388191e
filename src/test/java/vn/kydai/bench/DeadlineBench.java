package vn.kydai.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vn.kydai.registry.Deadlines;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Procedures;

/** Due times a second, on one core, by the repository's own calendar. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeadlineBench {
    private static final int RECEPTIONS = 1 << 12;
    private static final long FIRST = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    private static final int SPAN_SECONDS = 3 * 365 * 86_400;

    private final Instant[] receptions = new Instant[RECEPTIONS];
    private Deadlines deadlines;
    private int next;

    @Setup
    public void read() {
        deadlines = Parts.load(Path.of("config")).registry().calendar().deadlines();
        Random random = new Random(477);
        for (int index = 0; index < RECEPTIONS; index++) {
            receptions[index] = Instant.ofEpochSecond(FIRST + random.nextInt(SPAN_SECONDS));
        }
    }

    @Benchmark
    public Instant workingDays() {
        return deadlines.due(reception(), Procedures.TimeUnit.WORKING_DAYS, 15);
    }

    @Benchmark
    public Instant calendarDays() {
        return deadlines.due(reception(), Procedures.TimeUnit.CALENDAR_DAYS, 15);
    }

    @Benchmark
    public Instant workingHours() {
        return deadlines.due(reception(), Procedures.TimeUnit.WORKING_HOURS, 4);
    }

    @Benchmark
    public Instant workingDaysPausedForAFee() {
        Instant reception = reception();
        return deadlines.due(
                reception,
                Procedures.TimeUnit.WORKING_DAYS,
                15,
                List.of(new Deadlines.Pause(
                        reception.plusSeconds(86_400), reception.plusSeconds(4 * 86_400), Deadlines.Mode.EXTEND)));
    }

    private Instant reception() {
        next = (next + 1) & (RECEPTIONS - 1);
        return receptions[next];
    }
}
