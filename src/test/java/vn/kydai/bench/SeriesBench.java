package vn.kydai.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import vn.kydai.access.AccessFixture;
import vn.kydai.access.Role;
import vn.kydai.event.codec.Json;
import vn.kydai.http.HttpFixture;
import vn.kydai.journal.InMemoryJournal;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.ReportRoutes;

/** A year of quarters of an hour over HTTP, from a table that holds it of eleven communes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SeriesBench {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final String YEAR = """
            insert into rollup (figure, area, width, window_start, count, sum)
            select figure, 'c' || area, '15m', at, 1 + extract(hour from at)::bigint, 0
            from unnest(array['received', 'done', 'closedOther']) as figure, generate_series(1, 11) as area,
                generate_series('2025-12-31T17:00:00Z'::timestamptz, '2026-12-31T16:45:00Z', interval '15 minutes') as at""";

    private AccessFixture database;
    private HttpFixture http;
    private String token;

    @Setup
    public void fill() throws IOException {
        database = new AccessFixture();
        database.execute(YEAR);
        database.execute("vacuum (analyze) rollup");
        StringBuilder areas =
                new StringBuilder("{\"areas\": [{\"id\": \"477\", \"name\": \"d\", \"level\": \"district\"}");
        for (int area = 1; area <= 11; area++) {
            areas.append(",{\"id\": \"c")
                    .append(area)
                    .append("\", \"name\": \"c\", \"level\": \"commune\", \"parent\": \"477\"}");
        }
        Registry registry = new Registry(
                Areas.of(Json.MAPPER.readTree(areas.append("]}").toString())),
                Sources.NONE,
                Procedures.NONE,
                WorkingCalendar.PLAIN,
                Thresholds.NONE);
        InMemoryJournal journal = new InMemoryJournal(() -> NOW, head -> {});
        http = new HttpFixture(
                List.of(router -> new ReportRoutes(
                                journal, database.pool, () -> registry, () -> NOW, new SimpleMeterRegistry())
                        .mount(router)),
                100);
        token = http.signIns.addToken(Role.READER, "477", 0);
    }

    @TearDown
    public void close() {
        http.close();
        database.close();
    }

    @Benchmark
    public int oneCommune() throws Exception {
        return points("figure=received&area=c7");
    }

    @Benchmark
    public int oneCommunesStock() throws Exception {
        return points("figure=processing&area=c7");
    }

    @Benchmark
    public int districtOfElevenCommunes() throws Exception {
        return points("figure=received&area=477");
    }

    private int points(String query) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                http.request("/api/v1/series?" + query + "&from=2026-01-01&to=2027-01-01&step=15m", token);
        HttpResponse<String> answer = http.send(request);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body().length();
    }
}
