package vn.kydai.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vn.kydai.bench.Town.Size;
import vn.kydai.event.Picture;

/** One fold step, and the picture that follows it, in folds that already hold a history. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FoldBench {
    @Param
    public Size size;

    private Town town;

    @Setup
    public void fold() {
        town = new Town(size);
    }

    @Benchmark
    public void dossierStep() {
        town.dossier();
    }

    @Benchmark
    public void readingStep() {
        town.reading();
    }

    @Benchmark
    public void ticketStep() {
        town.ticket();
    }

    @Benchmark
    public Picture pictureAfterAReading() {
        town.reading();
        return town.picture();
    }

    @Benchmark
    public Picture pictureAfterADossier() {
        town.dossier();
        return town.picture();
    }
}
