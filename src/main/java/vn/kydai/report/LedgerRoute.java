package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Role;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/** {@code GET /api/v1/ledger}: what became of everything received on a day, by source. */
final class LedgerRoute {
    private final Journal journal;
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    LedgerRoute(Journal journal, Supplier<Registry> registry, InstantSource clock) {
        this.journal = journal;
        this.registry = registry;
        this.clock = clock;
    }

    void handle(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        LocalDate date = date(context.request().getParam("date"));
        journal.ledger(date)
                .onSuccess(day -> JsonBody.answer(context, json(within(day, viewer))))
                .onFailure(context::fail);
    }

    private LocalDate date(@Nullable String text) {
        if (text == null) {
            return WorkingCalendar.dateOf(clock.instant());
        }
        return Dates.of("date", text);
    }

    private LedgerDay within(LedgerDay day, Caller.Viewer viewer) {
        Registry known = registry.get();
        Reach reach = Reach.of(known.areas(), viewer, null, clock.instant());
        boolean isWhole = reach.isWhole() || viewer.role() == Role.ADMIN;
        Instant endOfDay = day.date()
                .plusDays(1)
                .atStartOfDay(WorkingCalendar.ZONE)
                .toInstant()
                .minusMillis(1);
        SortedMap<String, LedgerDay.Line> seen = new TreeMap<>();
        day.sources().forEach((id, line) -> {
            Optional<Source> source = known.sources().find(id);
            boolean isSeen = source.map(
                            it -> known.areas().isWithin(known.areaOf(it, endOfDay), viewer.scope(), day.date()))
                    .orElse(isWhole);
            if (isSeen) {
                seen.put(id, line);
            }
        });
        return new LedgerDay(day.date(), seen);
    }

    private static ObjectNode json(LedgerDay day) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("date", day.date().toString());
        body.set("total", json(day.total()));
        ObjectNode sources = body.putObject("sources");
        day.sources().forEach((id, line) -> sources.set(id, json(line)));
        return body;
    }

    private static ObjectNode json(LedgerDay.Line line) {
        return Json.MAPPER
                .createObjectNode()
                .put("received", line.received())
                .put("committed", line.committed())
                .put("duplicate", line.duplicate())
                .put("conflict", line.conflict())
                .put("rejected", line.rejected())
                .put("refused", line.refused())
                .put("interrupted", line.interrupted())
                .put("inFlight", line.inFlight())
                .put("gaps", line.gaps())
                .put("unidentified", line.unidentified())
                .put("qos0", line.qos0());
    }
}
