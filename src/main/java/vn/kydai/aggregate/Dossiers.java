package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Standing.End;
import vn.kydai.aggregate.Step.Said;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierState;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;
import vn.kydai.registry.Deadlines;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** Every dossier's steps, and the counts that follow from how each stands. */
final class Dossiers implements Serializable {
    private final AreaCountersById areas;
    private final Desks desks;
    private final RollupDeltas rollups;
    private final Excesses excesses;
    private transient Shelf<String, DossierFile> files = shelf();
    private transient Registry registry = Registry.NONE;
    private int dueRules;
    private long unexpected;
    private long mismatched;
    private long leftOut;
    private transient @Nullable List<DossierState> listed;

    Dossiers(AreaCountersById areas, Desks desks, RollupDeltas rollups, Excesses excesses) {
        this.areas = areas;
        this.desks = desks;
        this.rollups = rollups;
        this.excesses = excesses;
    }

    void apply(Journaled journaled, Dossier dossier) {
        DossierFile file = files.part(dossier.dossier());
        String area = journaled.event().area();
        Step step = new Step(Stamp.of(journaled.event()), dossier.status(), Said.of(area, dossier));
        FoldBound beyond = file.add(step, journaled.ingestTime().toEpochMilli());
        if (beyond != null) {
            excesses.add(beyond, journaled);
        }
        boolean unused = stand(dossier.dossier(), file);
        touch(file);
    }

    private void touch(DossierFile file) {
        Set<String> named = HashSet.newHashSet(2);
        file.namedAreas(named);
        Instant newest = Instant.ofEpochMilli(file.newestIngest());
        for (String name : named) {
            areas.get(name).touch(Family.DOSSIERS, newest);
            if (registry.areas().inheritedUntil(name).isPresent()) {
                areas.inherited(name).touch(Family.DOSSIERS, newest);
            }
        }
    }

    /** From here on due days follow these rules; those of dossiers that have ended stay. */
    void setRules(Registry changed) {
        registry = changed;
        dueRules++;
        files.change(this::standAgain);
    }

    /** Tells whether it stands otherwise now. */
    private boolean standAgain(String code, DossierFile file) {
        return file.isRunning() && stand(code, file);
    }

    /** Goes on by rules that were known when this was saved. */
    void resume(Registry known) {
        registry = known;
    }

    void drain(SortedMap<String, byte[]> pieces) {
        files.drain(pieces);
    }

    boolean restore(String name, byte[] piece) {
        if (!files.isOwn(name)) {
            return false;
        }
        files.restore(name, piece);
        return true;
    }

    private static Shelf<String, DossierFile> shelf() {
        return new Shelf<>("dossiers/", DossierFile::new);
    }

    /** From here on units take over others as this tree says. */
    void setAreas(Registry changed) {
        registry = changed;
        areas.forgetInherited();
        for (DossierFile file : files.read()) {
            file.standings().stream().filter(Standing::isReceived).forEach(standing -> countInherited(standing, 1));
            touch(file);
        }
        files.change((code, file) -> file.isOfSeveral() && stand(code, file));
    }

    /** Returns how every dossier stands, in no order; the same list as long as none changes. */
    List<DossierState> standings() {
        List<DossierState> known = listed;
        if (known == null) {
            List<DossierState> states = new ArrayList<>(files.size());
            for (DossierFile file : files.read()) {
                states.addAll(file.standings());
            }
            known = Collections.unmodifiableList(states);
            listed = known;
        }
        return known;
    }

    /** Returns how many dossiers have a source that states another due date than the law gives. */
    long mismatched() {
        return mismatched;
    }

    long size() {
        return files.size();
    }

    /** Returns how many transitions the law does not foresee. */
    long unexpected() {
        return unexpected;
    }

    /** Returns how many steps were left out, since their sources have no say in what they tell of. */
    long leftOut() {
        return leftOut;
    }

    /** Works out how it stands; tells whether otherwise than before. */
    private boolean stand(String code, DossierFile file) {
        List<Standing> before = file.standings();
        List<Standing> next =
                file
                        .judge(
                                registry.calendar().deadlines().isPausedByAgency(),
                                registry.areas().lineage())
                        .stream()
                        .map(standing -> standing.isReceived() ? withDue(same(standing, before), standing) : standing)
                        .toList();
        if (next.equals(before)) {
            return false;
        }
        for (Standing standing : before) {
            count(standing, -1);
            desks.remove(key(code, standing, before), standing);
        }
        for (Standing standing : next) {
            count(standing, 1);
            desks.add(key(code, standing, next), standing);
        }
        file.setStandings(next);
        listed = null;
        return true;
    }

    /** Finds what a dossier was: its source tells of one alone. */
    private static @Nullable Standing same(Standing next, List<Standing> before) {
        return before.stream()
                .filter(standing -> standing.source().equals(next.source()))
                .findFirst()
                .orElse(null);
    }

    /** Names a dossier apart from another of the same code; it ends like the code. */
    private static String key(String code, Standing standing, List<Standing> all) {
        return all.size() == 1 ? code : standing.source() + " " + code;
    }

    private Standing withDue(@Nullable Standing before, Standing next) {
        boolean isKept = before != null && before.isReceived() && before.givesDue(next, dueRules);
        Standing known = isKept ? before : null;
        Deadlines deadlines = registry.calendar().deadlines(next.source(), next.receivedIn());
        Due due = known == null ? due(next, deadlines) : known.due();
        if (next.end() != End.DONE) {
            return next.withDue(due, 0);
        }
        if (known != null && known.end() == End.DONE && known.ended() == next.ended()) {
            return next.withDue(due, known.lateBy());
        }
        return next.withDue(due, due.lateBy(next.ended(), deadlines));
    }

    private Due due(Standing next, Deadlines deadlines) {
        if (next.isPaused()) {
            return Due.none(dueRules);
        }
        Due computed = computed(next, deadlines);
        return next.statedDue() == Micros.NONE ? computed : Due.stated(next.statedDue(), computed);
    }

    private Due computed(Standing next, Deadlines deadlines) {
        Instant received = Micros.instant(next.reception());
        return registry.procedures()
                .find(next.procedure(), WorkingCalendar.dateOf(received))
                .map(procedure -> Due.at(
                        deadlines.due(
                                received,
                                procedure.unit(),
                                procedure.time(),
                                next.clock().pauses()),
                        dueRules))
                .orElse(Due.none(dueRules));
    }

    private void count(Standing standing, int sign) {
        unexpected += (long) sign * standing.unexpected();
        mismatched += standing.isDueMismatched() ? sign : 0;
        for (int steps : standing.leftOut().values()) {
            leftOut += (long) sign * steps;
        }
        if (standing.isReceived()) {
            areas.get(standing.area()).countDecided(standing, sign);
            areas.get(standing.receivedIn()).countReceivedHere(standing, sign);
            countInherited(standing, sign);
            DossierRollup.count(standing, rollups, sign);
        }
    }

    /** What a unit that a region still lists received before its end counts for the unit that took it over too. */
    private void countInherited(Standing standing, int sign) {
        if (isInherited(standing.area(), standing.receivedDay())) {
            areas.inherited(standing.area()).countDecided(standing, sign);
        }
        if (isInherited(standing.receivedIn(), standing.receivedDay())) {
            areas.inherited(standing.receivedIn()).countReceivedHere(standing, sign);
        }
    }

    private boolean isInherited(String area, int day) {
        return registry.areas()
                .inheritedUntil(area)
                .filter(end -> day < end.toEpochDay())
                .isPresent();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        files = shelf();
        registry = Registry.NONE;
    }
}
