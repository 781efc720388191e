package vn.kydai.bench;

import java.nio.file.Path;
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
import vn.kydai.alarm.OneDecider;
import vn.kydai.bench.Town.Size;
import vn.kydai.event.Picture;
import vn.kydai.registry.Parts;

/** What the shipped alarm rules cost each tick: all of them look at everything a picture has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeciderBench {
    @Param
    public Size size;

    private OneDecider decider;
    private Picture picture;

    @Setup
    public void fold() {
        Town town = new Town(size);
        town.reading();
        picture = town.picture();
        decider = new OneDecider(Parts.load(Path.of("config")));
    }

    @Benchmark
    public int decide() {
        return decider.decide(picture);
    }
}
