package vn.kydai.simulation;

import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Figures;
import vn.kydai.config.Settings;
import vn.kydai.event.Alarm;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.simulation.Messages.Message;
import vn.kydai.simulation.Tables.Count;
import vn.kydai.simulation.Tables.Identity;
import vn.kydai.wall.SimulatedWall;

/** What must hold at every moment, worked out from what is in the database alone, beside the centre that runs. */
final class Checks {
    private static final String FLOOD = "flood";
    private static final double DEADBAND = 0.05;
    private static final int PICTURES_KEPT = 3_000;

    private final Tables tables;
    private final Figures folded = new Figures();
    private final SimulatedWall wall = new SimulatedWall(Town.REGION);
    private final Deque<Journaled> unfolded = new ArrayDeque<>();
    private final Set<Identity> seen = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final Map<String, Long> raised = new HashMap<>();
    private final Map<String, String> preparedBy = new HashMap<>();
    private final Map<String, Long> steps = new HashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final Map<Long, Picture> pictures = new LinkedHashMap<>();
    private long read;
    private @Nullable OffsetDateTime ingestTime;

    Checks(Tables tables) {
        this.tables = tables;
    }

    /** An acknowledgement is on its way to a client: what it says must be in the database already. */
    void answered(Message message, Outcome outcome, boolean isClockRight) {
        switch (outcome) {
            case Outcome.Committed at -> {
                @Nullable Object[] row = tables.journal.get(at.position());
                Violation.unless(
                        row != null
                                && message.source().equals(row[2])
                                && (message.id().isEmpty() || message.id().equals(row[3])),
                        message + " was acknowledged at " + at.position() + " and is not there");
            }
            case Outcome.Duplicate of ->
                Violation.unless(
                        tables.identities.containsKey(new Identity(message.source(), message.id())),
                        message + " was acknowledged as a repeat of what is not there");
            case Outcome.Rejected why ->
                Violation.unless(!message.isRight() || !isClockRight, message + " is right and was rejected: " + why);
        }
    }

    /** Notes a picture that everybody gets. */
    void published(Picture picture) {
        pictures.put(picture.at().toEpochMilli(), picture);
        if (pictures.size() > PICTURES_KEPT) {
            pictures.remove(pictures.keySet().iterator().next());
        }
    }

    /** Checks what has been written since the last time, row by row. */
    void journal() {
        for (Journaled journaled : tables.after(read)) {
            Violation.unless(
                    journaled.position() == read + 1, "after position " + read + " came " + journaled.position());
            read = journaled.position();
            OffsetDateTime at = (OffsetDateTime) tables.journal.get(read)[1];
            Violation.unless(
                    ingestTime == null || !at.isBefore(ingestTime), "the ingest time goes back at position " + read);
            ingestTime = at;
            Identity identity =
                    new Identity(journaled.event().source(), journaled.event().id());
            Violation.unless(seen.add(identity), identity + " is in the journal twice");
            committed.merge(identity.source(), 1L, Long::sum);
            unfolded.add(journaled);
            if (journaled.event().data() instanceof Alarm alarm) {
                step(journaled, alarm);
            }
        }
    }

    /** Returns how many steps of alarms and orders there were, by their names. */
    Map<String, Long> steps() {
        return steps;
    }

    private void step(Journaled journaled, Alarm alarm) {
        steps.merge(alarm.step().id(), 1L, Long::sum);
        switch (alarm.step()) {
            case RAISED, REALARMED -> {
                long before = raised.getOrDefault(alarm.id(), 0L);
                Violation.unless(
                        alarm.occurrence() == before + 1,
                        alarm.id() + " was raised as " + alarm.occurrence() + " after " + before);
                raised.put(alarm.id(), alarm.occurrence());
            }
            case ESCALATED ->
                Violation.unless(
                        told.add(alarm.id() + "/" + alarm.occurrence() + "/" + alarm.to()),
                        alarm.to() + " was told twice of " + alarm.id() + "/" + alarm.occurrence());
            case CLEARED, LATCHED -> cleared(journaled, alarm);
            case PREPARED -> preparedBy.put(alarm.source(), String.valueOf(alarm.by()));
            case CONFIRMED -> {
                String first = preparedBy.get(alarm.source());
                Violation.unless(
                        first != null && alarm.by() != null && !first.equals(alarm.by()),
                        "order " + alarm.source() + " was prepared by " + first + " and confirmed by " + alarm.by());
            }
            default -> {}
        }
    }

    /** What cleared an alarm of a level was a value that is lower, not one that does not come. */
    private void cleared(Journaled journaled, Alarm alarm) {
        Picture decidedOn = pictures.get(journaled.event().eventTime().toEpochMilli());
        if (!alarm.rule().equals(FLOOD) || decidedOn == null) {
            return;
        }
        Picture.Sensor sensor = decidedOn.sensors().get(alarm.source());
        boolean isLower = sensor != null
                && sensor.value() != null
                && sensor.value() < sensor.thresholds().get(1)
                && (sensor.state() == SensorState.GOOD || sensor.state() == SensorState.STALE);
        Violation.unless(isLower, alarm.id() + " was cleared by " + sensor);
    }

    /** Every message that was received has ended in one way, or has not ended. */
    void ledger() {
        Map<String, long[]> sums = new HashMap<>();
        tables.ledger.forEach((key, line) -> {
            Violation.unless(Tables.inFlight(line) >= 0, key + " has more outcomes than messages");
            long[] sum = sums.computeIfAbsent(key.source(), none -> new long[line.length]);
            for (int n = 0; n < line.length; n++) {
                sum[n] += line[n];
            }
        });
        Map<String, Long> letters = new HashMap<>();
        tables.letters.stream()
                .filter(letter -> !letter.source().equals(Receipt.SELF))
                .forEach(letter ->
                        letters.merge(letter.reason().equals("conflict") ? "conflict" : "rejected", 1L, Long::sum));
        long rejected = 0;
        long conflicts = 0;
        for (Map.Entry<String, long[]> sum : sums.entrySet()) {
            long rows = committed.getOrDefault(sum.getKey(), 0L);
            Violation.unless(
                    Tables.of(sum.getValue(), Count.COMMITTED) == rows,
                    sum.getKey() + " has " + rows + " rows, and the ledger says "
                            + Tables.of(sum.getValue(), Count.COMMITTED));
            rejected += Tables.of(sum.getValue(), Count.REJECTED);
            conflicts += Tables.of(sum.getValue(), Count.CONFLICT);
        }
        Violation.unless(rejected == letters.getOrDefault("rejected", 0L), "rejections and dead letters differ");
        Violation.unless(conflicts == letters.getOrDefault("conflict", 0L), "conflicts and dead letters differ");
    }

    /** Nothing is on its way any more. */
    void settledLedger() {
        tables.ledger.forEach((key, line) -> Violation.unless(
                Tables.inFlight(line) == 0, key + " has " + Tables.inFlight(line) + " in flight for ever"));
    }

    /** A live document is the fold of its own position and instant, byte for byte. */
    void live(Picture picture, String document) {
        foldTo(picture.position());
        wall.show(folded.picture(picture.at()));
        same(wall.text(), document, "the wall at position " + picture.position() + " is not the fold of the journal");
    }

    private void foldTo(long position) {
        while (!unfolded.isEmpty() && unfolded.peek().position() <= position) {
            folded.apply(unfolded.remove());
        }
    }

    /** A fold from the beginning, saved and brought back, shows the same. */
    void replayed(Picture picture, String document) {
        Figures fresh = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        List<Journaled> all = new ArrayList<>(tables.after(0));
        all.removeIf(journaled -> journaled.position() > picture.position());
        all.forEach(fresh::apply);
        same(text(fresh, picture), document, "a fold from the beginning shows otherwise");
        same(text(Figures.restored(fresh.drainState()), picture), document, "what is brought back shows otherwise");
    }

    private static String text(Figures figures, Picture picture) {
        SimulatedWall fresh = new SimulatedWall(Town.REGION);
        fresh.show(figures.picture(picture.at()));
        return fresh.text();
    }

    static void same(String expected, String found, String what) {
        if (!expected.equals(found)) {
            int at = 0;
            while (at < Math.min(expected.length(), found.length()) && expected.charAt(at) == found.charAt(at)) {
                at++;
            }
            throw new Violation(what + ": expected …" + around(expected, at) + "… found …" + around(found, at) + "…");
        }
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 100));
    }

    /** Says what is wrong when all is quiet and who measures high water has no alarm, or who does not has one. */
    Optional<String> alarmed(Picture picture) {
        return picture.sensors().entrySet().stream()
                .flatMap(entry -> doubt(picture, entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> doubt(Picture picture, String key, Picture.Sensor sensor) {
        Double first = sensor.thresholds().get(1);
        Double value = sensor.value();
        boolean isKnown = sensor.state() == SensorState.GOOD || sensor.state() == SensorState.STALE;
        if (first == null || value == null || !isKnown) {
            return Optional.empty();
        }
        Picture.Alarm flood = picture.alarms().get(Alarm.id(FLOOD, key));
        boolean isActive = flood != null && flood.isActive();
        boolean isWrong = isActive ? value < first - DEADBAND : value >= first;
        return isWrong ? Optional.of(key + " measures " + value + " and its alarm is " + flood) : Optional.empty();
    }
}
