package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Standing.End;
import vn.kydai.aggregate.Step.Said;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.Dossier;
import vn.kydai.event.Journaled;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;

/** Every dossier's steps, and the counts that follow from how each stands. */
final class Dossiers implements Serializable {
    private final AreaCountersById areas;
    private final Desks desks;
    private final RollupDeltas rollups;
    private transient DossierShelf files = new DossierShelf();
    private transient Registry registry = Registry.NONE;
    private int dueRules;
    private long unexpected;
    private long dropped;

    Dossiers(AreaCountersById areas, Desks desks, RollupDeltas rollups) {
        this.areas = areas;
        this.desks = desks;
        this.rollups = rollups;
    }

    void apply(Journaled journaled, Dossier dossier) {
        DossierFile file = files.file(dossier.dossier());
        String area = journaled.event().area();
        Step step = new Step(Stamp.of(journaled.event()), dossier.status(), Said.of(area, dossier));
        dropped += file.add(step, journaled.ingestTime().toEpochMilli());
        stand(dossier.dossier(), file);
        Set<String> named = HashSet.newHashSet(2);
        file.namedAreas(named);
        Instant newest = Instant.ofEpochMilli(file.newestIngest());
        named.forEach(name -> areas.get(name).touch(Family.DOSSIERS, newest));
    }

    /** From here on due days follow these rules; those of dossiers that have ended stay. */
    void setRules(Registry changed) {
        registry = changed;
        dueRules++;
        files.all().forEach(piece -> piece.forEach(this::standAgain));
    }

    private void standAgain(String code, DossierFile file) {
        Standing standing = file.standing();
        if (standing != null && standing.end() == End.RUNNING) {
            stand(code, file);
        }
    }

    /** Goes on by rules that were known when this was saved. */
    void resume(Registry known) {
        registry = known;
    }

    void drain(SortedMap<String, byte[]> pieces) {
        files.drain(pieces);
    }

    boolean restore(String name, byte[] piece) {
        return files.restore(name, piece);
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

    private void stand(String code, DossierFile file) {
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
        desks.move(code, before, next);
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
            DossierRollup.count(standing, rollups, sign);
        }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        files = new DossierShelf();
        registry = Registry.NONE;
    }
}
