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
import vn.kydai.wall.OneWall;

/** One tick of a wall: the picture's document, its difference from the last, and the text that goes out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WallBench {
    @Param
    public Size size;

    private Town town;
    private OneWall wall;

    @Setup
    public void fold() {
        town = new Town(size);
        wall = new OneWall(Town.REGION, town.picture());
    }

    /** One event since the last tick: what a quiet afternoon costs. */
    @Benchmark
    public int patchAfterAReading() {
        town.reading();
        return wall.show(town.picture());
    }

    /** A hundred and one events since the last tick, as in a flood. */
    @Benchmark
    public int patchAfterAHundredEvents() {
        for (int n = 0; n < 100; n++) {
            town.reading();
        }
        town.dossier();
        return wall.show(town.picture());
    }

    /** What a screen that connects costs, when a tick has passed since the last one that did. */
    @Benchmark
    public int snapshotAfterAReading() {
        town.reading();
        return wall.show(town.picture()) + wall.snapshot();
    }
}
