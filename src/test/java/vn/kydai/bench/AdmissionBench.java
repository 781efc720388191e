package vn.kydai.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
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
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.Json;
import vn.kydai.ingest.OneDesk;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Submission.Draft;

/** From the bytes of a message to a draft for the journal, and two parts of that alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBench {
    private static final Buffer READING =
            Buffer.buffer("{\"id\":\"r-1\",\"time\":\"2026-11-24T07:59:00Z\",\"metric\":\"water_level\",\"value\":3.11,"
                    + "\"unit\":\"m\",\"seq\":7}");
    private static final Buffer DOSSIER =
            Buffer.buffer("{\"specversion\":\"1.0\",\"id\":\"d-1\",\"source\":\"/sources/desk-1\","
                    + "\"type\":\"vn.kydai.dossier.v1\",\"time\":\"2026-11-24T14:59:00+07:00\",\"data\":{"
                    + "\"dossier\":\"000.19.13.H57-261124-0042\",\"procedure\":\"1.004873\",\"status\":2,"
                    + "\"channel\":\"online\",\"counter\":\"3\",\"receivedAt\":\"2026-11-24T14:58:00+07:00\"}}");

    private final OneDesk desk = new OneDesk();
    private JsonNode reading;

    @Setup
    public void check() throws IOException {
        reading = Json.MAPPER.readTree(READING.getBytes());
        if (!(reading() instanceof Draft && dossier() instanceof Draft)) {
            throw new IllegalStateException("not admitted: " + reading() + ", " + dossier());
        }
    }

    /** A flat reading: decode, validate, digest. */
    @Benchmark
    public Submission reading() {
        return desk.admit("wl-1", "reading", READING);
    }

    /** A structured dossier event: decode, validate, digest. */
    @Benchmark
    public Submission dossier() {
        return desk.admit("desk-1", "dossier", DOSSIER);
    }

    @Benchmark
    public JsonNode readingDecodeAlone() throws IOException {
        return Json.MAPPER.readTree(READING.getBytes());
    }

    @Benchmark
    public String readingDigestAlone() {
        return Digest.of(reading);
    }
}
