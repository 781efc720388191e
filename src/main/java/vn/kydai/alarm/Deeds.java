package vn.kydai.alarm;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.DeedAudit;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.registry.AlarmRule;

/**
 * Does what people want to do to alarms: checked against the newest picture, appended, and answered with the alarm as the
 * journal then has it. Of two who act at once the first one's deed counts, and both see it.
 */
final class Deeds {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final long PATIENCE_SECONDS = 5;

    private final AlarmParts parts;
    private final NewestPicture newest;
    private final AlarmLog log;
    private final DeedAudit audit;

    Deeds(AlarmParts parts, NewestPicture newest, AlarmLog log) {
        this.parts = parts;
        this.newest = newest;
        this.log = log;
        this.audit = new DeedAudit(parts.audit());
    }

    /**
     * Does it.
     *
     * @return the alarm afterwards; fails with a {@link Problem}: 404 unknown, 403 out of scope, 409 raised again
     *     meanwhile or not possible as it stands, 503 not now
     */
    Future<Picture.Alarm> act(Viewer viewer, String remote, DeedRequest request) {
        Instant now = parts.clock().instant();
        Future<Picture.Alarm> done =
                DeedAudit.checked(() -> found(viewer, request)).compose(alarm -> done(alarm, viewer, request, now));
        String subject = request.alarm() + "/" + request.occurrence();
        return audit.noted(
                done,
                new DeedAudit.Entry(
                        now, viewer.name(), remote, "alarm " + request.deed().path(), subject));
    }

    private Picture.Alarm found(Viewer viewer, DeedRequest request) {
        Picture picture = newest.get();
        Picture.Alarm alarm = picture.alarms().get(request.alarm());
        if (alarm == null) {
            throw new Problem(NOT_FOUND, "there is no alarm " + request.alarm());
        }
        if (!picture.subtree(viewer.scope()).contains(alarm.area())) {
            throw new Problem(FORBIDDEN, "this token acts in " + viewer.scope() + ", not in " + alarm.area());
        }
        return alarm;
    }

    private Future<Picture.Alarm> done(Picture.Alarm alarm, Viewer viewer, DeedRequest request, Instant now) {
        boolean isHeld = request.deed() == Deed.TAKE_OVER && isDone(alarm, viewer, Deed.TAKE_OVER);
        if (isHeld) {
            return Future.succeededFuture(alarm);
        }
        try {
            check(alarm, viewer, request);
        } catch (Problem refusal) {
            return repeated(refusal, alarm, viewer, request);
        }
        return isDone(alarm, viewer, request.deed())
                ? Future.succeededFuture(alarm)
                : append(viewer, request, alarm, now);
    }

    /** What cannot be done any more may be the repeat of what was done: then the alarm still bears it. */
    private Future<Picture.Alarm> repeated(Problem refusal, Picture.Alarm alarm, Viewer viewer, DeedRequest request) {
        if (request.key() == null || refusal.status() != CONFLICT || !bears(alarm, viewer, request)) {
            return Future.failedFuture(refusal);
        }
        String id = eventId(viewer, request, alarm);
        return inTime(log.has(id, said(viewer, request, id)))
                .compose(isRepeat -> isRepeat ? Future.succeededFuture(alarm) : Future.failedFuture(refusal));
    }

    private void check(Picture.Alarm alarm, Viewer viewer, DeedRequest request) {
        checkOccurrence(alarm, request);
        boolean isSetAside = alarm.state().isSetAside();
        switch (request.deed()) {
            case ACKNOWLEDGE -> {
                if (isSetAside || (alarm.state() == AlarmState.NORMAL && alarm.acknowledged() == null)) {
                    throw conflict(alarm, "has nothing to acknowledge");
                }
            }
            case SHELVE -> checkShelf(alarm);
            case RESET -> {
                if (alarm.state() == AlarmState.LATCHED) {
                    throw conflict(alarm, "must be acknowledged before it is reset");
                }
            }
            case TAKE_OVER -> checkHolder(alarm, viewer, request);
            case REMOVE -> checkRemovable(alarm, viewer);
            case NOTE, UNSHELVE, RESTORE -> {}
        }
    }

    /** Out of service an alarm is hidden without an end: what may never be hidden, a commander answers for. */
    private void checkRemovable(Picture.Alarm alarm, Viewer viewer) {
        if (!isShelvable(alarm) && !viewer.role().includes(Role.COMMANDER)) {
            throw new Problem(
                    FORBIDDEN,
                    "the rule " + alarm.rule() + " may not be hidden (shelvable: false): only a " + Role.COMMANDER.id()
                            + " takes its alarms out of service");
        }
    }

    private boolean isShelvable(Picture.Alarm alarm) {
        return parts.rules()
                .get()
                .find(alarm.rule())
                .map(AlarmRule::isShelvable)
                .orElse(true);
    }

    /** Nobody takes an alarm from somebody without knowing from whom. */
    private static void checkHolder(Picture.Alarm alarm, Viewer viewer, DeedRequest request) {
        if (alarm.state() == AlarmState.NORMAL) {
            throw conflict(alarm, "has nothing to take over");
        }
        Picture.Said holder = alarm.holder();
        String held = holder == null ? null : holder.by();
        if (!viewer.name().equals(held) && !Objects.equals(held, request.from())) {
            throw new Problem(
                    CONFLICT,
                    held == null
                            ? "nobody holds the alarm; leave from out"
                            : "the alarm is held by " + held + "; name the holder in from to take it over");
        }
    }

    private void checkShelf(Picture.Alarm alarm) {
        if (!isShelvable(alarm)) {
            throw conflict(alarm, "may not be shelved, by its rule");
        }
        if (alarm.state() == AlarmState.OUT_OF_SERVICE) {
            throw conflict(alarm, "cannot be shelved");
        }
        Picture.Shelf shelf = alarm.shelf();
        if (shelf != null && shelf.extensions() >= Picture.Shelf.MAX_EXTENSIONS) {
            throw conflict(alarm, "has been extended " + Picture.Shelf.MAX_EXTENSIONS + " times; unshelve it first");
        }
    }

    private static void checkOccurrence(Picture.Alarm alarm, DeedRequest request) {
        if (alarm.occurrence() != request.occurrence()) {
            throw new Problem(
                    CONFLICT,
                    "occurrence " + request.occurrence() + " is over: the alarm is at occurrence "
                            + alarm.occurrence());
        }
    }

    private static Problem conflict(Picture.Alarm alarm, String why) {
        return new Problem(CONFLICT, "an alarm that is " + alarm.state().id() + " " + why);
    }

    /** Tells whether the deed would change nothing: then its answer is the alarm as it is. */
    private static boolean isDone(Picture.Alarm alarm, Viewer viewer, Deed deed) {
        AlarmState state = alarm.state();
        return switch (deed) {
            case ACKNOWLEDGE ->
                state == AlarmState.ACKNOWLEDGED
                        || state == AlarmState.LATCHED_ACKNOWLEDGED
                        || state == AlarmState.NORMAL;
            case UNSHELVE -> state != AlarmState.SHELVED;
            case RESET -> state != AlarmState.LATCHED_ACKNOWLEDGED;
            case REMOVE -> state == AlarmState.OUT_OF_SERVICE;
            case RESTORE -> state != AlarmState.OUT_OF_SERVICE;
            case TAKE_OVER -> alarm.holder() != null && alarm.holder().by().equals(viewer.name());
            case NOTE, SHELVE -> false;
        };
    }

    /** Tells whether an alarm shows that a deed was done to it, whatever else happened since. */
    private static boolean bears(Picture.Alarm alarm, Viewer viewer, DeedRequest request) {
        Picture.Said note = alarm.note();
        Picture.Shelf shelf = alarm.shelf();
        String by = viewer.name();
        return switch (request.deed()) {
            case ACKNOWLEDGE, RESET -> alarm.occurrence() == request.occurrence();
            case NOTE -> note != null && note.by().equals(by) && Objects.equals(note.text(), request.text());
            case SHELVE ->
                shelf != null && shelf.by().equals(by) && shelf.reason().equals(request.text());
            case UNSHELVE, REMOVE, RESTORE, TAKE_OVER -> isDone(alarm, viewer, request.deed());
        };
    }

    private Future<Picture.Alarm> append(Viewer viewer, DeedRequest request, Picture.Alarm alarm, Instant now) {
        Alarm event = event(viewer, request, alarm, now);
        String id = eventId(viewer, request, alarm);
        return inTime(log.enter(id, alarm.area(), now, event, said(viewer, request, id))
                .compose(entry -> newest.at(entry.position()).map(picture -> {
                    Instant until = entry.isRepeat() ? null : event.until();
                    return shown(picture, viewer, request, until);
                }))
                .recover(failure -> request.deed() == Deed.TAKE_OVER && isConflict(failure)
                        ? afterOthers(viewer, request)
                        : Future.failedFuture(failure)));
    }

    private static Alarm event(Viewer viewer, DeedRequest request, Picture.Alarm alarm, Instant now) {
        String by = viewer.name();
        if (request.deed() == Deed.TAKE_OVER) {
            return Alarm.taken(alarm.rule(), alarm.source(), request.occurrence(), by, request.text(), request.from());
        }
        Instant until =
                request.deed() == Deed.SHELVE ? now.plus(request.shelf()).truncatedTo(ChronoUnit.MILLIS) : null;
        Alarm.Step step = request.deed().step();
        return new Alarm(alarm.rule(), alarm.source(), request.occurrence(), step, null, by, request.text(), until);
    }

    /** What a repeat must say too. The first acknowledgement counts, whoever repeats it; a holder is one person. */
    private static String said(Viewer viewer, DeedRequest request, String id) {
        return switch (request.deed()) {
            case ACKNOWLEDGE -> id;
            case TAKE_OVER -> id + viewer.name();
            case NOTE, SHELVE, UNSHELVE, RESET, REMOVE, RESTORE -> id + request.said();
        };
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == CONFLICT;
    }

    /** Somebody else took it at the same moment: the newest picture says who. */
    private Future<Picture.Alarm> afterOthers(Viewer viewer, DeedRequest request) {
        return newest.at(parts.journal().readable()).compose(picture -> {
            Picture.Alarm alarm = picture.alarms().get(request.alarm());
            if (alarm != null) {
                check(alarm, viewer, request);
            }
            return Future.failedFuture(unknown());
        });
    }

    /** Waits as long as a person would; of what is not over then, or broke, nobody knows whether it was done. */
    static <T> Future<T> inTime(Future<T> deed) {
        return deed.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(failure instanceof Problem ? failure : unknown()));
    }

    static Problem unknown() {
        return new Problem(
                503,
                "it is not known yet whether this was done; send it again with its Idempotency-Key",
                Map.of("Retry-After", "1"));
    }

    /**
     * Returns the alarm after a deed; fails when the alarm does not show it and could not take it: somebody was faster.
     *
     * @param until end of the shelf, where it was shelved just now
     */
    private Picture.Alarm shown(Picture picture, Viewer viewer, DeedRequest request, @Nullable Instant until) {
        Picture.Alarm alarm = picture.alarms().get(request.alarm());
        if (alarm == null) {
            throw new IllegalStateException("the alarm " + request.alarm() + " is gone");
        }
        Picture.Shelf shelf = alarm.shelf();
        boolean isOther = until != null && shelf != null && !shelf.until().equals(until);
        if (isOther || !bears(alarm, viewer, request)) {
            check(alarm, viewer, request);
        }
        return alarm;
    }

    /** An alarm as it stands is acknowledged once, and taken over once, whoever does it; anything else once by its key. */
    private static String eventId(Viewer viewer, DeedRequest request, Picture.Alarm alarm) {
        if (request.deed() == Deed.ACKNOWLEDGE || request.deed() == Deed.TAKE_OVER) {
            String step = request.deed().step().id();
            return request.alarm() + "/" + request.occurrence() + "/" + step + "-" + alarm.position();
        }
        return request.alarm() + "/" + request.deed().path() + "/" + IdempotencyKey.own(viewer, request.key());
    }
}
