package vn.kydai.report;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Role;
import vn.kydai.event.DossierState;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/**
 * What a report over dossiers was asked for.
 *
 * @param area whose dossiers
 * @param isCsv whether a spreadsheet shall read the answer
 */
record DossierQuery(
        Registry registry, String area, Members members, Period period, Grouping by, LocalDate today, boolean isCsv) {
    static DossierQuery of(RoutingContext request, Registry registry, Instant now) {
        return of(request, registry, now, false);
    }

    /** The same of a report, which an area has only for days on which it stands. */
    static DossierQuery ofReport(RoutingContext request, Registry registry, Instant now) {
        return of(request, registry, now, true);
    }

    private static DossierQuery of(RoutingContext request, Registry registry, Instant now, boolean isReport) {
        Caller.Viewer viewer = Callers.viewer(request, Role.READER);
        LocalDate today = WorkingCalendar.dateOf(now);
        Period period = Period.of(request.request().getParam("period"), today);
        LocalDate day = period.last().isBefore(today) ? period.last() : today;
        Reach reach = Reach.of(registry.areas(), viewer, request.request().getParam("area"), now);
        String area = isReport ? reach.during(day, day).area() : reach.area();
        boolean isByReceiver = Members.isByReceiver(request.request().getParam("of"));
        boolean isCsv = Csv.isAsked(request);
        return new DossierQuery(
                registry,
                area,
                Members.of(registry.areas(), area, day, isByReceiver),
                period,
                Grouping.of(request.request().getParam("by")),
                today,
                isCsv);
    }

    /** Counts all dossiers of the area. */
    DossierTally total(List<DossierState> dossiers) {
        DossierTally total = tally();
        for (DossierState dossier : dossiers) {
            if (total.concerns(dossier) && members.has(dossier)) {
                total.add(dossier, isFull(dossier));
            }
        }
        return total;
    }

    /** Counts the dossiers of the area in rows. */
    SortedMap<String, DossierTally> rows(List<DossierState> dossiers, Grouping grouping) {
        SortedMap<String, DossierTally> rows = new TreeMap<>();
        DossierTally none = tally();
        for (DossierState dossier : dossiers) {
            if (none.concerns(dossier) && members.has(dossier)) {
                rows.computeIfAbsent(grouping.key(dossier, registry), key -> tally())
                        .add(dossier, isFull(dossier));
            }
        }
        return rows;
    }

    private DossierTally tally() {
        return new DossierTally(period, Math.toIntExact(today.toEpochDay()));
    }

    private boolean isFull(DossierState dossier) {
        return DossierFilter.procedure(dossier, registry)
                .map(Procedure::online)
                .filter("full"::equals)
                .isPresent();
    }
}
