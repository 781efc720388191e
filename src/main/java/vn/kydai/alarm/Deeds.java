package vn.kydai.alarm;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.DeedAudit;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.registry.AlarmRule;

/**
 * Does what people want to do to alarms: checked against the newest picture, appended, and answered with the alarm as the
 * journal then has it. Of two who act at once the first one's deed counts, and both see it.
 */
final class Deeds {
    private static final int MAX_EXTENSIONS = 3;
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
        Future<Picture.Alarm> done = checked(viewer, request)
                .compose(alarm -> isDone(alarm, viewer, request.deed())
                        ? Future.succeededFuture(alarm)
                        : append(viewer, request, alarm, now));
        String subject = request.alarm() + "/" + request.occurrence();
        return audit.noted(
                done,
                new DeedAudit.Entry(
                        now, viewer.name(), remote, "alarm " + request.deed().path(), subject));
    }

    private Future<Picture.Alarm> checked(Viewer viewer, DeedRequest request) {
        try {
            Picture picture = newest.get();
            Picture.Alarm alarm = picture.alarms().get(request.alarm());
            if (alarm == null) {
                throw new Problem(NOT_FOUND, "there is no alarm " + request.alarm());
            }
            if (!picture.subtree(viewer.scope()).contains(alarm.area())) {
                throw new Problem(403, "this token acts in " + viewer.scope() + ", not in " + alarm.area());
            }
            check(alarm, viewer, request);
            return Future.succeededFuture(alarm);
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
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
            case NOTE, UNSHELVE, REMOVE, RESTORE -> {}
        }
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
                    409,
                    held == null
                            ? "nobody holds the alarm; leave from out"
                            : "the alarm is held by " + held + "; name the holder in from to take it over");
        }
    }

    private void checkShelf(Picture.Alarm alarm) {
        if (!parts.rules().get().find(alarm.rule()).map(AlarmRule::isShelvable).orElse(true)) {
            throw conflict(alarm, "may not be shelved, by its rule");
        }
        if (alarm.state() == AlarmState.OUT_OF_SERVICE) {
            throw conflict(alarm, "cannot be shelved");
        }
        Picture.Shelf shelf = alarm.shelf();
        if (shelf != null && shelf.extensions() >= MAX_EXTENSIONS) {
            throw conflict(alarm, "has been extended " + MAX_EXTENSIONS + " times; unshelve it first");
        }
    }

    private static void checkOccurrence(Picture.Alarm alarm, DeedRequest request) {
        if (alarm.occurrence() != request.occurrence()) {
            throw new Problem(
                    409,
                    "occurrence " + request.occurrence() + " is over: the alarm is at occurrence "
                            + alarm.occurrence());
        }
    }

    private static Problem conflict(Picture.Alarm alarm, String why) {
        return new Problem(409, "an alarm that is " + alarm.state().id() + " " + why);
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

    private Future<Picture.Alarm> append(Viewer viewer, DeedRequest request, Picture.Alarm alarm, Instant now) {
        Instant until =
                request.deed() == Deed.SHELVE ? now.plus(request.shelf()).truncatedTo(ChronoUnit.MILLIS) : null;
        Alarm event = new Alarm(
                alarm.rule(),
                alarm.source(),
                request.occurrence(),
                request.deed().step(),
                null,
                viewer.name(),
                request.text(),
                until);
        String id = eventId(viewer, request, alarm);
        return inTime(log.append(id, alarm.area(), now, event, said(viewer, request, id))
                        .compose(newest::at)
                        .recover(failure -> request.deed() == Deed.TAKE_OVER && isConflict(failure)
                                ? afterOthers(viewer, request)
                                : Future.failedFuture(failure)))
                .map(picture -> shown(picture, request));
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
    private Future<Picture> afterOthers(Viewer viewer, DeedRequest request) {
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

    private static Picture.Alarm shown(Picture picture, DeedRequest request) {
        Picture.Alarm alarm = picture.alarms().get(request.alarm());
        if (alarm == null) {
            throw new IllegalStateException("the alarm " + request.alarm() + " is gone");
        }
        checkOccurrence(alarm, request);
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
