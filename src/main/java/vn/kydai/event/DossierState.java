package vn.kydai.event;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier.Channel;

/**
 * How one dossier stands, as the folds have worked it out from all its steps. Days are epoch days of local dates. What is
 * said of the due date holds for a received dossier alone.
 */
public interface DossierState {
    /** The day of what has none. */
    int NO_DAY = Integer.MAX_VALUE;

    /** How processing ended. */
    enum Outcome {
        /** Not ended. */
        RUNNING,
        /** With a result, before the due date (trước hạn). */
        EARLY,
        /** With a result, on the due date, or without a due date (đúng hạn). */
        ON_TIME,
        /** With a result, after the due date (quá hạn). */
        LATE,
        /** Without a result: withdrawn 7, stopped 8. */
        CLOSED;

        /** Tells whether it ended with a result. */
        public boolean isDone() {
            return this == EARLY || this == ON_TIME || this == LATE;
        }
    }

    /** Returns its code (mã hồ sơ). */
    String code();

    /** Returns the status it is in. */
    DossierStatus status();

    /** Returns the code of its procedure, without the provincial tail. */
    String procedure();

    /** Returns how it was handed in. */
    Channel channel();

    /** Returns the first counter that said it handled it. */
    @Nullable
    String counter();

    /** Returns the id of the source that told of its reception, or else first told of it. */
    String source();

    /** Returns id of the area that decides it. */
    String area();

    /** Returns id of the area that received it. */
    String receivedIn();

    /** Tells whether another unit named the area that decides it, which has yet to say anything of it. */
    boolean isAwaited();

    /** Returns how many steps of which source were left out, since it has no say in it; told of once for a code. */
    SortedMap<String, Integer> leftOut();

    /** Tells whether it counts: it was received, and does not stand at 1 or 3. */
    boolean isReceived();

    /** Tells whether its clock stands. */
    boolean isPaused();

    /** Tells whether its components were digitised on receipt (số hóa). */
    boolean isDigitised();

    /** Tells whether a fee is due for it. */
    boolean hasFee();

    /** Tells whether the fee was paid online. */
    boolean isPaidOnline();

    /** Returns how its processing ended, if it has. */
    Outcome outcome();

    /** Tells whether the citizen withdrew it (rút hồ sơ): what brought it to its end was status 7. */
    boolean isWithdrawn();

    /** Returns by how many working days it was late; 0 if it was not. */
    int lateBy();

    /** Returns how many of its steps the national order of statuses does not know. */
    int unexpected();

    /** Tells whether its source stated another due date than the law gives. */
    boolean isDueMismatched();

    /** Returns the day it was received, or {@link #NO_DAY}. */
    int receivedDay();

    /** Returns the day its end counts under, or {@link #NO_DAY}. */
    int endedDay();

    /** Returns the day it is due, or {@link #NO_DAY}: none while its clock stands. */
    int dueDay();

    /** Returns when the citizen submitted it, if that was told. */
    @Nullable
    Instant submittedAt();

    /** Returns when it was received. */
    @Nullable
    Instant receivedAt();

    /** Returns when it is due: as its source stated, else as the law gives. */
    @Nullable
    Instant dueAt();

    /** Returns when it is due by procedure and calendar, whatever its source stated; absent without a known procedure. */
    @Nullable
    Instant dueByLaw();

    /** Returns the new date of a letter of apology (phiếu xin lỗi), which turns nothing late into on time. */
    @Nullable
    Instant promisedAt();

    /** Returns when processing ended: never before its reception, though its outcome is by the date that was told. */
    @Nullable
    Instant endedAt();
}
