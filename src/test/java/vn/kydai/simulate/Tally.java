package vn.kydai.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** Counts dossiers by the plain rule: due by the procedure from reception, or from the end of a supplement. */
final class Tally {
    private final Registry registry;
    private final Instant now;
    private final Map<String, Map<String, Event>> steps = new HashMap<>();

    Tally(Registry registry, Instant now) {
        this.registry = registry;
        this.now = now;
    }

    void take(Event event) {
        if (event.data() instanceof Dossier dossier) {
            steps.computeIfAbsent(dossier.dossier(), code -> new HashMap<>()).put(event.id(), event);
        }
    }

    long processing() {
        return lives().stream()
                .filter(life -> !status(life).isEnded() && received(life) != null)
                .count();
    }

    long overdue() {
        return lives().stream()
                .filter(life -> received(life) != null)
                .filter(life -> !status(life).isEnded() && !status(life).isPaused())
                .filter(life -> isAfter(now, due(life)))
                .count();
    }

    long onTimePerMille() {
        List<List<Event>> done =
                lives().stream().filter(life -> doneToday(life) != null).toList();
        long late = done.stream()
                .filter(life -> isAfter(doneToday(life), due(life)))
                .count();
        return 1000 * (done.size() - late) / done.size();
    }

    @Override
    public String toString() {
        return "processing " + processing() + ", overdue " + overdue() + ", on time ‰ " + onTimePerMille();
    }

    private List<List<Event>> lives() {
        List<List<Event>> lives = new ArrayList<>();
        steps.values()
                .forEach(life -> lives.add(life.values().stream()
                        .sorted(Comparator.comparing(Event::eventTime))
                        .toList()));
        return lives;
    }

    private static DossierStatus status(List<Event> life) {
        return ((Dossier) life.getLast().data()).status();
    }

    private static @Nullable Instant received(List<Event> life) {
        return life.stream()
                .map(event -> ((Dossier) event.data()).receivedAt())
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Instant doneToday(List<Event> life) {
        return life.stream()
                .filter(event -> ((Dossier) event.data()).status() == DossierStatus.DONE)
                .map(Event::eventTime)
                .filter(at -> WorkingCalendar.dateOf(at).equals(WorkingCalendar.dateOf(now)))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Instant due(List<Event> life) {
        Instant clockStart = received(life);
        boolean isPaused = false;
        for (Event event : life) {
            DossierStatus status = ((Dossier) event.data()).status();
            if (isPaused && !status.isPaused()) {
                clockStart = event.eventTime();
            }
            isPaused = status.isPaused();
        }
        Procedure procedure = registry.procedures()
                .find(((Dossier) life.getFirst().data()).procedure())
                .orElseThrow();
        return clockStart == null ? null : registry.calendar().due(clockStart, procedure.unit(), procedure.time());
    }

    private static boolean isAfter(@Nullable Instant instant, @Nullable Instant due) {
        return instant != null && due != null && WorkingCalendar.dateOf(instant).isAfter(WorkingCalendar.dateOf(due));
    }
}
