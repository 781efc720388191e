package vn.kydai.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.config.Nearest;
import vn.kydai.event.Width;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Plausibility;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Thresholds.Metric;
import vn.kydai.report.SeriesTable.Span;

/**
 * {@code GET /api/v1/series}: a figure over time from the rollups, as of the last checkpoint. An area is the sum of the
 * leaves that it has at each time, and of the units these took over.
 */
final class SeriesRoute {
    private final SeriesTable table;
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    SeriesRoute(Pool pool, Supplier<Registry> registry, InstantSource clock) {
        this.table = new SeriesTable(pool);
        this.registry = registry;
        this.clock = clock;
    }

    /** What is asked for, with the parameters as they go into the answer. */
    private record Asked(
            String figureId,
            SeriesFigure figure,
            String area,
            SeriesQuery query,
            List<Span> spans,
            @Nullable Counter counter) {}

    /** A source that sends a running total: what has to be read for it, and what falls plausibly within an hour. */
    private record Counter(SeriesQuery needed, @Nullable Double mostPerHour) {
        SeriesTable.Found fallen(SeriesQuery asked, SeriesTable.Found totals) {
            return new SeriesTable.Found(
                    totals.position(),
                    totals.before(),
                    totals.moves(),
                    CounterSeries.fallen(asked, mostPerHour, totals.parts()));
        }
    }

    void handle(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Asked asked = asked(context, viewer);
        Counter counter = asked.counter();
        SeriesQuery needed = counter == null ? asked.query() : counter.needed();
        table.read(asked.figure(), needed, asked.spans())
                .map(found -> text(asked, counter == null ? found : counter.fallen(asked.query(), found)))
                .onSuccess(text -> JsonBody.answer(context, 200, text))
                .onFailure(context::fail);
    }

    private Asked asked(RoutingContext context, Caller.Viewer viewer) {
        Registry known = registry.get();
        String given = context.request().getParam("figure");
        String figureId = given == null ? "" : given;
        SeriesFigure figure = figure(figureId, known);
        String area = context.request().getParam("area");
        Instant now = clock.instant();
        SeriesQuery query = SeriesQuery.of(context.request(), now);
        if (figure instanceof SeriesFigure.Stock && query.step() == Width.MINUTE) {
            throw new Problem(400, "step: found 1m; allowed for " + figureId + ": 15m, 1h, 1d, 1M, 1y");
        }
        if (figure instanceof SeriesFigure.Readings) {
            Source source = source(area, known);
            Reach unused = Reach.of(known.areas(), viewer, source.areaAt(now), now);
            Counter counter = counter(source, figureId, query, known);
            SeriesQuery read = counter == null ? query : counter.needed();
            Span always = new Span(source.id(), SeriesQuery.instant(read.from()), SeriesQuery.instant(read.to()));
            return new Asked(figureId, figure, source.id(), query, List.of(always), counter);
        }
        String top = Reach.of(known.areas(), viewer, area, now)
                .during(query.from().toLocalDate(), query.to().toLocalDate())
                .area();
        return new Asked(
                figureId,
                figure,
                top,
                query,
                AreaSpans.of(
                        known.areas(),
                        top,
                        query.from().toLocalDate(),
                        query.to().toLocalDate().plusDays(1)),
                null);
    }

    private static @Nullable Counter counter(Source source, String metric, SeriesQuery query, Registry known) {
        return source.metrics().stream()
                .filter(measured -> measured.metric().equals(metric) && measured.isCounter())
                .findFirst()
                .map(measured -> {
                    Plausibility general = known.thresholds()
                            .metric(metric)
                            .map(Metric::plausible)
                            .orElse(Plausibility.ANYTHING);
                    return new Counter(
                            CounterSeries.needed(query),
                            measured.plausible().or(general).max());
                })
                .orElse(null);
    }

    private static SeriesFigure figure(String id, Registry known) {
        if (!known.thresholds().metricIds().contains(id)) {
            return SeriesFigure.of(id).orElseThrow(() -> {
                SortedSet<String> allowed = new TreeSet<>(SeriesFigure.known());
                allowed.addAll(known.thresholds().metricIds());
                String found = SeriesQuery.shown(id);
                return new Problem(
                        400,
                        "figure: found " + found + Nearest.hint(found, List.copyOf(allowed)) + "; allowed: "
                                + String.join(", ", allowed));
            });
        }
        return SeriesFigure.readings(id);
    }

    private static Source source(@Nullable String id, Registry known) {
        return known.sources()
                .find(id == null ? "" : id)
                .orElseThrow(() -> new Problem(
                        400,
                        "area: found " + SeriesQuery.shown(id)
                                + "; allowed with a metric: the id of the source that measures it"));
    }

    private static String text(Asked asked, SeriesTable.Found found) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("figure", asked.figureId());
            out.writeStringField("area", asked.area());
            out.writeStringField("step", asked.query().step().id());
            out.writeStringField(
                    "from", Json.time(SeriesQuery.instant(asked.query().from())));
            out.writeStringField(
                    "to", Json.time(SeriesQuery.instant(asked.query().to())));
            out.writeStringField("position", Long.toString(found.position()));
            out.writeArrayFieldStart("points");
            new SeriesPoints(asked.figure(), found, out).write(asked.query());
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
