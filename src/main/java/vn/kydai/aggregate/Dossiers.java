package vn.kydai.aggregate;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Standing.End;
import vn.kydai.aggregate.Step.Said;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.Dossier;
import vn.kydai.event.Journaled;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;

/** Every dossier's steps, and the counts that follow from how each stands. */
final class Dossiers {
    private final AreaCountersById areas;
    private final Map<String, DossierFile> files = new HashMap<>();
    private Registry registry = Registry.NONE;
    private int dueRules;
    private long unexpected;
    private long dropped;

    Dossiers(AreaCountersById areas) {
        this.areas = areas;
    }

    void apply(Journaled journaled, Dossier dossier) {
        DossierFile file = files.computeIfAbsent(dossier.dossier(), key -> new DossierFile());
        String area = journaled.event().area();
        Step step = new Step(Stamp.of(journaled.event()), dossier.status(), Said.of(area, dossier));
        dropped += file.add(step, journaled.ingestTime().toEpochMilli());
        stand(file);
        Set<String> named = HashSet.newHashSet(2);
        file.namedAreas(named);
        Instant newest = Instant.ofEpochMilli(file.newestIngest());
        named.forEach(name -> areas.get(name).touch(Family.DOSSIERS, newest));
    }

    /** From here on due days follow these rules; those of dossiers that have ended stay. */
    void setRules(Registry changed) {
        registry = changed;
        dueRules++;
        for (DossierFile file : files.values()) {
            Standing standing = file.standing();
            if (standing != null && standing.end() == End.RUNNING) {
                stand(file);
            }
        }
    }

    long size() {
        return files.size();
    }

    /** Returns how many transitions the law does not foresee. */
    long unexpected() {
        return unexpected;
    }

    /** Returns how many steps were dropped at the bound of one dossier. */
    long dropped() {
        return dropped;
    }

    private void stand(DossierFile file) {
        Standing before = file.standing();
        Standing next = file.judge();
        if (next.isReceived() && !file.isDueStated()) {
            next = withDue(before, next);
        }
        if (next.equals(before)) {
            return;
        }
        if (before != null) {
            count(before, -1);
        }
        count(next, 1);
        file.setStanding(next);
    }

    private Standing withDue(@Nullable Standing before, Standing next) {
        if (before != null && Standing.keepsDue(before, next, dueRules)) {
            return next.withDue(before.dueDay(), before.dueRules());
        }
        Procedure procedure = registry.procedures().find(next.procedure()).orElse(null);
        if (procedure == null) {
            return next.withDue(Standing.NO_DUE, dueRules);
        }
        Instant due = registry.calendar().due(Micros.instant(next.reception()), procedure.unit(), procedure.time());
        return next.withDue(Micros.day(due), dueRules);
    }

    private void count(Standing standing, int sign) {
        unexpected += (long) sign * standing.unexpected();
        if (standing.isReceived()) {
            areas.get(standing.area()).countDecided(standing, sign);
            areas.get(standing.receivedIn()).countReceivedHere(standing, sign);
        }
    }
}
