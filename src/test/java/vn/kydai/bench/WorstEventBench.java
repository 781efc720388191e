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
import vn.kydai.event.Picture;

/** The worst event of each kind after a thousand, a hundred thousand and a million like it: what it costs must not grow. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class WorstEventBench {
    @Param
    public Worst.Kind kind;

    @Param({"1000", "100000", "1000000"})
    public int met;

    private Worst folds;

    @Setup
    public void tell() {
        folds = new Worst(kind, met);
    }

    @Benchmark
    public void event() {
        folds.event();
    }

    @Benchmark
    public Picture eventAndPicture() {
        return folds.picture();
    }
}
