package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierState.Outcome;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** The dossiers of an area, a page at a time, by rising code. */
final class DossierList {
    private static final char BETWEEN = 0;

    /**
     * Which page.
     *
     * @param after place of the last dossier of the page before, of an earlier build its code; empty for the first page
     */
    record Page(String after, int limit) {
        static Page of(@Nullable String cursor, @Nullable String limit) {
            return new Page(cursor == null ? "" : decoded(cursor), PageLimit.of(limit));
        }

        boolean isAfter(DossierState dossier) {
            return (after.indexOf(BETWEEN) < 0 ? dossier.code() : place(dossier)).compareTo(after) > 0;
        }

        private static String decoded(String cursor) {
            try {
                return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Problem(400, "the cursor is not one of ours: pass on the \"next\" of an earlier answer");
            }
        }
    }

    private DossierList() {}

    static ObjectNode json(DossierQuery query, Predicate<DossierState> filter, Page page, List<DossierState> all) {
        List<DossierState> found = all.stream()
                .filter(page::isAfter)
                .filter(filter)
                .filter(query.members()::has)
                .sorted(Comparator.comparing(DossierList::place))
                .limit(page.limit() + 1L)
                .toList();
        List<DossierState> shown = found.subList(0, Math.min(page.limit(), found.size()));
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode written = body.putArray("dossiers");
        shown.forEach(dossier -> written.add(json(dossier, query.registry())));
        if (found.size() > page.limit()) {
            body.put("next", cursor(place(shown.get(shown.size() - 1))));
        }
        return body;
    }

    private static ObjectNode json(DossierState dossier, Registry registry) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("dossier", dossier.code())
                .put("procedure", dossier.procedure())
                .put("status", dossier.status().code())
                .put("channel", dossier.channel().name().toLowerCase(Locale.ROOT))
                .put("area", dossier.area())
                .put("receivedIn", dossier.receivedIn());
        put(node, "counter", dossier.counter());
        time(node, "submittedAt", dossier.submittedAt());
        Instant submitted = dossier.submittedAt();
        if (submitted != null) {
            time(
                    node,
                    "acceptBy",
                    registry.calendar()
                            .deadlines(dossier.source(), dossier.receivedIn())
                            .acceptBy(submitted));
        }
        time(node, "receivedAt", dossier.receivedAt());
        time(node, "dueAt", dossier.dueAt());
        expectedDaysOff(node, dossier, registry.calendar());
        if (dossier.isDueMismatched()) {
            time(node, "dueByLaw", dossier.dueByLaw());
        }
        time(node, "promisedAt", dossier.promisedAt());
        time(node, "endedAt", dossier.endedAt());
        if (dossier.isReceived() && dossier.outcome().isDone()) {
            node.put("outcome", outcome(dossier)).put("lateBy", dossier.lateBy());
        }
        return node.put("paused", dossier.isPaused())
                .put("unexpected", dossier.unexpected())
                .put("unknownProcedure", DossierFilter.isUnknown(dossier, registry));
    }

    /** Days off its due date steps over that may still be decided otherwise; a stated due date steps over none. */
    private static void expectedDaysOff(ObjectNode node, DossierState dossier, WorkingCalendar calendar) {
        Instant byLaw = dossier.dueByLaw();
        Instant received = dossier.receivedAt();
        if (byLaw == null || received == null || dossier.outcome() != Outcome.RUNNING) {
            return;
        }
        Set<LocalDate> expected =
                calendar.expectedDaysOff(WorkingCalendar.dateOf(received), WorkingCalendar.dateOf(byLaw));
        if (!expected.isEmpty()) {
            ArrayNode written = node.putArray("expectedDaysOff");
            expected.forEach(date -> written.add(date.toString()));
        }
    }

    private static String outcome(DossierState dossier) {
        return switch (dossier.outcome()) {
            case EARLY -> "early";
            case ON_TIME -> "onTime";
            case LATE -> "late";
            case RUNNING, CLOSED -> throw new IllegalStateException("not done: " + dossier.outcome());
        };
    }

    private static void time(ObjectNode node, String field, @Nullable Instant instant) {
        if (instant != null) {
            node.put(field, Json.time(instant));
        }
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }

    /** By code, and of two dossiers of one code by source; nothing comes before the mark between them. */
    private static String place(DossierState dossier) {
        return dossier.code() + BETWEEN + dossier.source();
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }
}
