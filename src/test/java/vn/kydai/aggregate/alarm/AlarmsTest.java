package vn.kydai.aggregate.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.registry.Registry;

class AlarmsTest {
    private static final String ID = "flood-level:wl-1";
    private static final int SEQUENCES = 20_000;
    private static final int STEPS = 14;

    private final Alarms alarms = new Alarms();
    private final List<Journaled> journal = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T02:00:00Z");

    @Test
    void anAlarmIsOneThroughAllItsLevels() {
        tell(Step.RAISED, 1, 1, null);
        tell(Step.ACKNOWLEDGED, 1, 0, "An");
        tell(Step.REALARMED, 2, 2, null);
        Picture.Alarm risen = shown();
        tell(Step.CHANGED, 2, 1, null);

        assertEquals(AlarmState.UNACKNOWLEDGED, risen.state());
        assertEquals(2, risen.occurrence());
        assertNull(risen.acknowledged(), "what was acknowledged is another occurrence");
        assertEquals(1, shown().measure().level());
        assertEquals(1, alarms.shown(nowhere(now)).size());
    }

    @Test
    void theFirstAcknowledgementStaysAndOneOfAnOldOccurrenceDoesNothing() {
        tell(Step.RAISED, 1, 1, null);
        tell(Step.ACKNOWLEDGED, 1, 0, "An");
        tell(Step.ACKNOWLEDGED, 1, 0, "Bình");
        Picture.Alarm seen = shown();
        tell(Step.REALARMED, 2, 2, null);
        tell(Step.ACKNOWLEDGED, 1, 0, "Bình");

        assertEquals("An", requireNonNull(seen.acknowledged()).by());
        assertEquals(AlarmState.UNACKNOWLEDGED, shown().state());
    }

    @Test
    void aShelfEndsByItselfAndShowsWhatTheConditionIsThen() {
        tell(Step.RAISED, 1, 1, null);
        shelve(30);
        shelve(60);
        Picture.Alarm hidden = shown();
        Instant before = requireNonNull(hidden.shelf()).until();
        tell(Step.CLEARED, 1, 0, null);

        assertEquals(1, hidden.shelf().extensions());
        assertEquals(AlarmState.SHELVED, shown().state());
        assertEquals(
                AlarmState.NORMAL,
                requireNonNull(alarms.shown(nowhere(before)).get(ID)).state());
        assertNull(requireNonNull(alarms.shown(nowhere(before)).get(ID)).shelf());
    }

    @Test
    void whoTookItOverHoldsItThroughARiseUntilItIsNormal() {
        tell(Step.RAISED, 1, 1, null);
        tell(Step.TAKEN, 1, 0, "An");
        tell(Step.REALARMED, 2, 2, null);
        Picture.Alarm risen = shown();
        tell(Step.HANDED, 2, 0, "An");
        Picture.Alarm handed = shown();
        tell(Step.ACKNOWLEDGED, 2, 0, "Chi");
        tell(Step.CLEARED, 2, 0, null);
        Picture.Alarm normal = shown();
        tell(Step.TAKEN, 2, 0, "An");
        tell(Step.RAISED, 3, 1, null);

        assertEquals("An", requireNonNull(risen.holder()).by());
        assertEquals("Chi", requireNonNull(handed.holder()).by());
        assertNull(normal.holder());
        assertNull(shown().holder());
    }

    @Test
    void somebodyIsAwaitedFromTheRaiseOnUntilItIsAcknowledgedTakenOverClearOrSetAside() {
        for (Step end : List.of(Step.ACKNOWLEDGED, Step.TAKEN, Step.CLEARED, Step.SUPPRESSED, Step.REMOVED)) {
            long occurrence = alarms.shown(nowhere(now)).isEmpty() ? 1 : shown().occurrence() + 1;
            tell(Step.RAISED, occurrence, 1, null);
            Instant raised = now;
            tell(Step.HANDED, occurrence, 0, "An");
            tell(Step.NOTED, occurrence, 0, "An");
            Picture.Escalation handed = shown().escalation();
            boolean isTaken = end == Step.TAKEN;
            take(
                    isTaken
                            ? Alarm.taken("flood-level", "wl-1", occurrence, "An", "why", "Chi")
                            : alarm(end, occurrence, 0, "An", null));

            assertEquals(raised, handed.since(), "who was handed it has not said anything yet");
            assertNull(shown().escalation().since(), end.id());
            tell(Step.RELEASED, occurrence, 0, null);
            tell(Step.RESTORED, occurrence, 0, null);
            tell(Step.CLEARED, occurrence, 0, null);
        }
    }

    @Test
    void whoWasToldIsToldOncePerOccurrenceAlsoWhenItComesBackFromTheShelf() {
        tell(Step.RAISED, 1, 1, null);
        tell(Step.ESCALATED, 1, 1, null);
        Instant told = now;
        shelve(30);
        Instant back = requireNonNull(shown().shelf()).until();
        Picture.Escalation again =
                requireNonNull(alarms.shown(nowhere(back)).get(ID)).escalation();
        tell(Step.REALARMED, 2, 2, null);
        tell(Step.ESCALATED, 1, 2, null);

        assertEquals(new Picture.Escalation(back, 1, List.of(new Picture.Said("Chi", told, null))), again);
        assertEquals(new Picture.Escalation(null, 0, List.of()), shown().escalation(), "what is told of it is over");
    }

    @Test
    void whatDoesNotChangeIsTheSameInstance() {
        tell(Step.RAISED, 1, 1, null);

        assertSame(alarms.shown(nowhere(now)), alarms.shown(nowhere(now.plusSeconds(1))));
    }

    @Test
    void howBadItWasAtWorstIsKnownOfEachOfItsNewestOccurrencesSinceItWasClear() {
        raised(Step.RAISED, 1, 2);
        raised(Step.REALARMED, 2, 1);
        raised(Step.CHANGED, 2, 3);
        raised(Step.REALARMED, 3, 2);
        tell(Step.CLEARED, 3, 0, null);
        raised(Step.RAISED, 4, 3);
        Picture.Alarm again = shown();
        for (long occurrence = 5; occurrence <= 13; occurrence++) {
            raised(Step.REALARMED, occurrence, 3);
        }

        assertEquals(List.of(2, 1, 1, 3), List.of(again.worst(1), again.worst(2), again.worst(3), again.worst(4)));
        assertEquals(1, shown().worst(1), "what is not known any more is taken for the worst");
        assertEquals(10, shown().marks().worst().size());
    }

    private void raised(Step step, long occurrence, int severity) {
        Measure measure = new Measure(severity, 1, "water_level", 1.0, 1.0, "m");
        take(new Alarm("flood-level", "wl-1", occurrence, step, measure, null, null, null));
    }

    private static Places nowhere(Instant at) {
        return Places.at(Registry.NONE, at);
    }

    @Test
    void randomSequencesKeepWhatTheStandardSays() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            Alarms folded = new Alarms();
            Model model = new Model();
            List<Journaled> told = new ArrayList<>();
            Instant at = now;
            for (int step = 0; step < STEPS; step++) {
                at = at.plusSeconds(random.nextInt(1_800));
                Alarm alarm = any(random, model, at);
                Journaled journaled = journaled(told.size() + 1, at, alarm);
                told.add(journaled);
                folded.apply(journaled, alarm);
                model.take(alarm, at);
                Picture.Alarm shown = requireNonNull(folded.shown(nowhere(at)).get(ID));
                String where = "seed " + seed + ", "
                        + told.stream().map(event -> event.event().data()).toList();
                assertEquals(model.name(at), shown.state().id(), where);
                assertEquals(model.occurrence, shown.occurrence(), where);
                assertEquals(model.isActive, shown.isActive(), where);
                assertEquals(
                        model.by,
                        shown.acknowledged() == null
                                ? null
                                : shown.acknowledged().by(),
                        where);
                model.letGo(at);
                assertEquals(
                        model.holder,
                        shown.holder() == null ? null : shown.holder().by(),
                        where);
                assertEquals(model.since, shown.escalation().since(), where);
                assertEquals(model.told, shown.escalation().level(), where);
                boolean isShelved = shown.state() == AlarmState.SHELVED;
                assertTrue(!isShelved || requireNonNull(shown.shelf()).until().isAfter(at), where);
                assertEquals(isShelved ? model.extensions : -1, shelfOf(shown), where);
            }
            Alarms again = new Alarms();
            told.forEach(event -> again.apply(event, (Alarm) event.event().data()));
            assertEquals(folded.shown(nowhere(at)), again.shown(nowhere(at)));
        }
    }

    private static int shelfOf(Picture.Alarm shown) {
        return shown.shelf() == null ? -1 : shown.shelf().extensions();
    }

    /** The same life written differently: a few flags instead of states. */
    private static final class Model {
        private long occurrence;
        private boolean isActive;
        private boolean isAcknowledged = true;
        private boolean isLatched;
        private String aside = "";
        private Instant until = Instant.MAX;
        private @Nullable String by;
        private @Nullable String holder;
        private @Nullable Instant since;
        private int told;
        private int extensions;

        private void letGo(Instant at) {
            holder = name(at).equals("normal") ? null : holder;
        }

        String name(Instant at) {
            expire(at);
            if (!aside.isEmpty()) {
                return aside;
            }
            if (isActive) {
                return isAcknowledged ? "acknowledged" : "unacknowledged";
            }
            if (isLatched) {
                return isAcknowledged ? "latchedAcknowledged" : "latched";
            }
            return isAcknowledged ? "normal" : "returned";
        }

        private void expire(Instant at) {
            if (aside.equals("shelved") && !at.isBefore(until)) {
                back("shelved", until);
            }
        }

        private void back(String from, Instant at) {
            if (aside.equals(from)) {
                aside = "";
                since = isActive ? at : null;
                isAcknowledged = !isActive;
                by = isActive ? null : by;
                isLatched = false;
            }
        }

        void take(Alarm alarm, Instant at) {
            letGo(at);
            boolean isRaise = alarm.step() == Step.RAISED || alarm.step() == Step.REALARMED;
            if (isRaise ? alarm.occurrence() <= occurrence : alarm.occurrence() != occurrence) {
                return;
            }
            boolean isLate = alarm.step() == Step.TAKEN
                    && !Objects.equals(holder, alarm.from())
                    && !Objects.equals(holder, alarm.by());
            if (isLate || (alarm.step() == Step.SHELVED && aside.equals("shelved") && extensions == 3)) {
                return;
            }
            boolean isEnd = switch (alarm.step()) {
                case CLEARED, LATCHED, SHELVED, SUPPRESSED, REMOVED, TAKEN -> true;
                default -> false;
            };
            since = isEnd ? null : since;
            switch (alarm.step()) {
                case RAISED, REALARMED -> {
                    told = 0;
                    since = aside.isEmpty() ? at : null;
                    occurrence = alarm.occurrence();
                    isActive = true;
                    isAcknowledged = false;
                    isLatched = false;
                    by = null;
                }
                case CLEARED -> isActive = false;
                case LATCHED -> {
                    isLatched |= isActive && aside.isEmpty();
                    isActive = false;
                }
                case ACKNOWLEDGED -> {
                    if (aside.isEmpty() && !isAcknowledged) {
                        isAcknowledged = true;
                        by = alarm.by();
                        since = null;
                    }
                }
                case RESET -> isLatched &= !isAcknowledged || !aside.isEmpty();
                case SHELVED -> {
                    extensions = aside.equals("shelved") ? extensions + 1 : 0;
                    aside = "shelved";
                    until = requireNonNull(alarm.until());
                }
                case SUPPRESSED -> aside = "suppressed";
                case REMOVED -> aside = "outOfService";
                case UNSHELVED -> back("shelved", at);
                case RELEASED -> back("suppressed", at);
                case RESTORED -> back("outOfService", at);
                case TAKEN, HANDED -> holder = alarm.to() == null ? alarm.by() : alarm.to();
                case ESCALATED -> told = Math.max(told, requireNonNull(alarm.escalation()));
                case CHANGED, NOTED, PREPARED, CONFIRMED, CANCELLED, EXPIRED -> {}
            }
            letGo(at);
        }
    }

    private static Alarm any(Random random, Model model, Instant at) {
        Step[] steps = Step.values();
        Step step = steps[random.nextInt(steps.length)];
        long occurrence = model.occurrence + random.nextInt(3) - 1;
        Instant until = step == Step.SHELVED ? at.plus(Duration.ofMinutes(1 + random.nextInt(60))) : null;
        int level = step == Step.ESCALATED ? 1 + random.nextInt(3) : 1;
        if (step == Step.TAKEN) {
            String from = random.nextBoolean() ? model.holder : random.nextBoolean() ? "Chi" : null;
            return Alarm.taken("flood-level", "wl-1", occurrence, random.nextBoolean() ? "An" : "Bình", "why", from);
        }
        return alarm(step, occurrence, level, random.nextBoolean() ? "An" : "Bình", until);
    }

    private void tell(Step step, long occurrence, int level, @Nullable String by) {
        take(alarm(step, occurrence, level, by, null));
    }

    private void shelve(int minutes) {
        take(alarm(Step.SHELVED, 1, 0, "An", now.plus(Duration.ofMinutes(minutes))));
    }

    private void take(Alarm alarm) {
        now = now.plusSeconds(1);
        Journaled journaled = journaled(journal.size() + 1, now, alarm);
        journal.add(journaled);
        alarms.apply(journaled, alarm);
    }

    private Picture.Alarm shown() {
        return requireNonNull(alarms.shown(nowhere(now)).get(ID));
    }

    private static Alarm alarm(Step step, long occurrence, int level, @Nullable String by, @Nullable Instant until) {
        if (step == Step.ESCALATED) {
            return Alarm.escalated("flood-level", "wl-1", occurrence, level, "Chi");
        }
        if (step == Step.HANDED) {
            return Alarm.handed("flood-level", "wl-1", occurrence, requireNonNull(by), "why", "Chi");
        }
        Measure measure = level == 0 ? null : new Measure(1, level, "water_level", 3.11, 3.0, "m");
        return new Alarm("flood-level", "wl-1", occurrence, step, measure, by, "why", until);
    }

    private static Journaled journaled(long position, Instant at, Alarm alarm) {
        return new Journaled(position, at, new Event("e" + position, "kydai", "19867", at, false, null, alarm));
    }
}
