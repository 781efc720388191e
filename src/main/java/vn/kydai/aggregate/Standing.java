package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierStatus;

/**
 * How a dossier stands, from all its steps. It alone is counted: a change subtracts the old one and adds the new one.
 *
 * @param isReceived whether it counts at all: it has a reception moment and does not stand at 1 or 3
 * @param submission when it was submitted, µs; {@link Micros#NONE} when that was not told
 * @param reception when it was received, µs; {@link Micros#NONE} without reception
 * @param ended when processing ended, µs; {@link Micros#NONE} while it goes on
 * @param end how it ended
 * @param statedDue when its source says it is due, µs; {@link Micros#NONE} when it does not
 * @param promised date of the letter of apology, µs; {@link Micros#NONE} without one
 * @param due when it is due
 * @param lateBy working days it ended after its due date
 * @param clock when its clock stood
 * @param source that told of its reception, or else first told of it
 * @param area the deciding area
 * @param receivedIn the area of that source
 * @param isAwaited whether another unit named the deciding area, which has yet to say anything
 * @param unexpected transitions the law does not foresee
 * @param leftOut how many steps of which source were no business of theirs, of all dossiers of the code
 */
record Standing(
        String code,
        boolean isReceived,
        DossierStatus status,
        long submission,
        long reception,
        long ended,
        End end,
        long statedDue,
        long promised,
        Due due,
        int lateBy,
        Clock clock,
        String procedure,
        Channel channel,
        @Nullable String counter,
        String source,
        String area,
        String receivedIn,
        boolean isAwaited,
        boolean isDigitised,
        boolean hasFee,
        boolean isPaidOnline,
        int unexpected,
        SortedMap<String, Integer> leftOut)
        implements DossierState, Serializable {
    /** How processing ended. */
    enum End {
        RUNNING,
        /** With a result: 9, or 10 without a 9. */
        DONE,
        /** Without one: 7. */
        WITHDRAWN,
        /** Without one: 8. */
        STOPPED
    }

    @Override
    public boolean isPaused() {
        return clock.isStanding();
    }

    /** Tells whether the clock runs: statuses 2 and 4. */
    boolean isRunning() {
        return (status == DossierStatus.RECEIVED || status == DossierStatus.PROCESSING) && !isPaused();
    }

    @Override
    public boolean isDueMismatched() {
        return due.isMismatched();
    }

    @Override
    public int receivedDay() {
        return reception == Micros.NONE ? NO_DAY : Micros.day(reception);
    }

    /** Returns the day its end counts under: never before its reception, or the balance would break. */
    @Override
    public int endedDay() {
        return ended == Micros.NONE ? NO_DAY : Math.max(Micros.day(ended), receivedDay());
    }

    @Override
    public int dueDay() {
        return due.day();
    }

    @Override
    public @Nullable Instant submittedAt() {
        return Micros.orNull(submission);
    }

    @Override
    public @Nullable Instant receivedAt() {
        return Micros.orNull(reception);
    }

    @Override
    public @Nullable Instant dueAt() {
        return Micros.orNull(due.at());
    }

    @Override
    public @Nullable Instant dueByLaw() {
        return Micros.orNull(due.byLaw());
    }

    @Override
    public @Nullable Instant promisedAt() {
        return Micros.orNull(promised);
    }

    @Override
    public @Nullable Instant endedAt() {
        return Micros.orNull(ended == Micros.NONE ? ended : Math.max(ended, reception));
    }

    /** Dates are compared, not hours; without a due date it is on time. */
    @Override
    public Outcome outcome() {
        return switch (end) {
            case RUNNING -> Outcome.RUNNING;
            case WITHDRAWN, STOPPED -> Outcome.CLOSED;
            case DONE -> {
                int day = Micros.day(ended);
                if (due.day() == NO_DAY || day == due.day()) {
                    yield Outcome.ON_TIME;
                }
                yield day < due.day() ? Outcome.EARLY : Outcome.LATE;
            }
        };
    }

    @Override
    public boolean isWithdrawn() {
        return end == End.WITHDRAWN;
    }

    /** Adds it to an area's days, or takes it away again. */
    void count(DayTable days, int sign) {
        int received = receivedDay();
        days.add(received, DayTable.Column.RECEIVED, sign);
        addIf(channel == Channel.ONLINE, days, received, DayTable.Column.ONLINE, sign);
        addIf(isDigitised, days, received, DayTable.Column.DIGITISED, sign);
        addIf(hasFee, days, received, DayTable.Column.WITH_FEE, sign);
        addIf(hasFee && isPaidOnline, days, received, DayTable.Column.PAID_ONLINE, sign);
        switch (outcome()) {
            case RUNNING -> countOpen(days, received, sign);
            case CLOSED -> days.add(endedDay(), DayTable.Column.CLOSED, sign);
            case EARLY -> countDone(days, DayTable.Column.EARLY, sign);
            case ON_TIME -> countDone(days, DayTable.Column.ON_TIME, sign);
            case LATE -> countDone(days, DayTable.Column.LATE, sign);
        }
    }

    private void countDone(DayTable days, DayTable.Column outcome, int sign) {
        days.add(endedDay(), DayTable.Column.DONE, sign);
        days.add(endedDay(), outcome, sign);
    }

    private void countOpen(DayTable days, int received, int sign) {
        addIf(isPaused(), days, received, DayTable.Column.PAUSED, sign);
        if (isRunning() && due.day() != NO_DAY) {
            days.add(due.day(), DayTable.Column.RUNNING_DUE, sign);
            days.add(Math.max(due.day() + 1, received), DayTable.Column.OVERDUE_FROM, sign);
        }
    }

    private static void addIf(boolean isTrue, DayTable days, int day, DayTable.Column column, int sign) {
        if (isTrue) {
            days.add(day, column, sign);
        }
    }

    /** Tells whether its due date may be kept for the next standing: same inputs, and either finished or by the rules in force. */
    boolean givesDue(Standing next, int rules) {
        return due.rules() >= 0
                && reception == next.reception
                && statedDue == next.statedDue
                && procedure.equals(next.procedure)
                && source.equals(next.source)
                && receivedIn.equals(next.receivedIn)
                && clock.equals(next.clock)
                && (due.rules() == rules || next.end != End.RUNNING);
    }

    Standing withDue(Due known, int daysLate) {
        return new Standing(
                code,
                isReceived,
                status,
                submission,
                reception,
                ended,
                end,
                statedDue,
                promised,
                known,
                daysLate,
                clock,
                procedure,
                channel,
                counter,
                source,
                area,
                receivedIn,
                isAwaited,
                isDigitised,
                hasFee,
                isPaidOnline,
                unexpected,
                leftOut);
    }
}
