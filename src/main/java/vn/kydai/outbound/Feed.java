package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Alarm;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Digest;
import vn.kydai.registry.Areas;
import vn.kydai.registry.OutboundChannel;
import vn.kydai.registry.Roster;
import vn.kydai.registry.WorkingCalendar;

/**
 * Reads the alarms' steps of the journal, in order, as far as the newest picture goes, and puts into the outbox what each
 * channel asks for. How far it is stands in the outbox, so that a crash loses and doubles nothing. Confined to one event
 * loop; one page is under way at a time.
 */
final class Feed {
    private static final Logger LOGGER = LoggerFactory.getLogger(Feed.class);
    private static final int PAGE = 1_000;
    private static final int KEY_CHARS = 32;

    /** What nothing of goes out moves the channels on in the outbox only now and then. */
    private static final Duration UNSAVED = Duration.ofSeconds(10);

    private final OutboundParts parts;
    private final Outbox outbox;
    private final OutboundMetrics metrics;
    private final Map<String, Outlet> outlets = new LinkedHashMap<>();
    private @Nullable Picture newest;
    private long position;
    private long saved;
    private Instant savedAt = Instant.MIN;
    private boolean isBusy;
    private @Nullable Promise<Void> stopping;

    /** A channel, its words, how far it has been fed and whom to wake when something was added. */
    private record Outlet(OutboundChannel channel, Wording vi, Wording en, long from, Runnable wake) {
        Wording own() {
            return channel.language().equals("vi") ? vi : en;
        }
    }

    Feed(OutboundParts parts, Outbox outbox, OutboundMetrics metrics) {
        this.parts = parts;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** Begins where the outbox says; {@code wake} is told when a channel has something to send. */
    Future<Void> begin(Map<OutboundChannel, Runnable> channels) {
        List<String> ids = channels.keySet().stream().map(OutboundChannel::id).toList();
        return outbox.begin(ids, parts.journal().readable(), parts.clock().instant())
                .onSuccess(positions -> {
                    channels.forEach((channel, wake) -> {
                        long from = positions.getOrDefault(channel.id(), 0L);
                        outlets.put(channel.id(), outlet(channel, from, wake));
                    });
                    position = positions.values().stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElse(Long.MAX_VALUE);
                    saved = position;
                    savedAt = parts.clock().instant();
                })
                .mapEmpty();
    }

    private static Outlet outlet(OutboundChannel channel, long from, Runnable wake) {
        boolean isVietnamese = channel.language().equals("vi");
        return new Outlet(
                channel,
                new Wording("vi", isVietnamese ? channel.text() : null),
                new Wording("en", isVietnamese ? null : channel.text()),
                from,
                wake);
    }

    /** Takes the newest picture. */
    void show(Picture picture) {
        newest = picture;
        pull();
    }

    /** Ends it; completes when nothing of it is under way and the outbox knows how far it is, if that can be told. */
    Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        stopping = done;
        if (!isBusy) {
            done.complete();
        }
        return done.future().compose(ended -> save()).otherwise(cause -> {
            LOGGER.atWarn().setCause(cause).log("how far alarms were read could not be noted; some are read again");
            return null;
        });
    }

    private void pull() {
        Picture picture = newest;
        if (isBusy || stopping != null || picture == null) {
            return;
        }
        boolean isMore = position < picture.position();
        if (!isMore && !isToSave(position)) {
            return;
        }
        isBusy = true;
        Future<Boolean> step =
                isMore ? parts.journal().read(position, PAGE).compose(page -> take(page, picture)) : save().map(false);
        step.onComplete(taken -> {
            isBusy = false;
            if (stopping != null) {
                stopping.complete();
            }
            if (taken.failed()) {
                LOGGER.atWarn().setCause(taken.cause()).log("alarms could not be put into the outbox");
            } else if (taken.result()) {
                pull();
            }
        });
    }

    /** Adds what goes out of a page, as far as the picture goes; completes with whether there may be more. */
    private Future<Boolean> take(List<Journaled> page, Picture picture) {
        List<Journaled> seen = page.stream()
                .filter(journaled -> journaled.position() <= picture.position())
                .toList();
        if (seen.isEmpty()) {
            return Future.succeededFuture(false);
        }
        long last = seen.get(seen.size() - 1).position();
        List<Outbox.Entry> entries = entries(parts.journal().taken(seen), picture);
        if (entries.isEmpty() && !isToSave(last)) {
            position = last;
            return Future.succeededFuture(true);
        }
        return outbox.add(entries, outlets.keySet(), last).map(added -> {
            position = last;
            saved(last);
            Set<String> woken = new HashSet<>();
            entries.forEach(entry -> woken.add(entry.channel()));
            outlets.forEach((id, outlet) -> {
                if (woken.contains(id)) {
                    outlet.wake().run();
                }
            });
            return true;
        });
    }

    private boolean isToSave(long reached) {
        return reached > saved && !parts.clock().instant().isBefore(savedAt.plus(UNSAVED));
    }

    /** Moves the channels on, so that one that asks for something else from now on gets nothing from before. */
    private Future<Void> save() {
        long reached = position;
        return reached == saved
                ? Future.succeededFuture()
                : outbox.add(List.of(), outlets.keySet(), reached).onSuccess(done -> saved(reached));
    }

    private void saved(long reached) {
        saved = reached;
        savedAt = parts.clock().instant();
    }

    private List<Outbox.Entry> entries(List<Journaled> page, Picture picture) {
        List<Outbox.Entry> entries = new ArrayList<>();
        Map<String, Set<String>> subtrees = new HashMap<>();
        Areas areas = parts.registry().get().areas();
        LocalDate today = WorkingCalendar.dateOf(picture.at());
        for (Journaled journaled : page) {
            if (!(journaled.event().data() instanceof Alarm alarm)) {
                continue;
            }
            Picture.Alarm shown = picture.alarms().get(alarm.id());
            if (shown == null) {
                continue;
            }
            Notice notice = Notice.of(
                    journaled,
                    alarm,
                    picture,
                    shown,
                    parts.rules().get().find(alarm.rule()).orElse(null));
            Set<String> called = called(journaled, alarm);
            String area = areas.current(journaled.event().area(), today);
            for (Outlet outlet : outlets.values()) {
                OutboundChannel.Filter filter = outlet.channel().filter();
                boolean isInside = filter.area() == null
                        || subtrees.computeIfAbsent(filter.area(), id -> picture.subtree(areas.current(id, today)))
                                .contains(area);
                boolean isAsked = isInside && filter.passes(alarm, severity(alarm, shown));
                if (journaled.position() > outlet.from()
                        && (isAsked || called.contains(outlet.channel().id()))) {
                    entries.add(entry(outlet, notice));
                }
            }
        }
        return entries;
    }

    /**
     * How bad a step is to a channel that asks for some severity. A raise is as bad as what it found; what becomes of it as
     * the worst since the alarm was last clear, so that who was told of a raise is told of its end.
     */
    private static int severity(Alarm alarm, Picture.Alarm shown) {
        boolean isRaise = alarm.step() == Alarm.Step.RAISED || alarm.step() == Alarm.Step.REALARMED;
        Alarm.Measure found = alarm.measure();
        return isRaise && found != null ? found.severity() : shown.worst(alarm.occurrence());
    }

    /**
     * The channels of the person an alarm is escalated to, whatever these ask for. Of one whom a changed roster has no more
     * there and then, those of any duty.
     */
    private Set<String> called(Journaled journaled, Alarm alarm) {
        String to = alarm.to();
        if (alarm.step() != Alarm.Step.ESCALATED || to == null) {
            return Set.of();
        }
        Event event = journaled.event();
        Roster roster = parts.roster().get();
        Set<String> called =
                new HashSet<>(roster.channels(parts.registry().get().areas(), event.area(), event.eventTime(), to));
        if (called.isEmpty()) {
            called.addAll(roster.channels(to));
        }
        if (Collections.disjoint(called, outlets.keySet())) {
            metrics.unreached();
            LOGGER.atWarn()
                    .addKeyValue("alarm", alarm.id())
                    .addKeyValue("to", to)
                    .log("no channel reaches whom the alarm was escalated to");
        }
        return called;
    }

    private static Outbox.Entry entry(Outlet outlet, Notice notice) {
        Journaled journaled = notice.journaled();
        String key = key(journaled.event().id(), outlet.channel().id());
        String vi = outlet.vi().places(notice, key).getOrDefault("text", "");
        String en = outlet.en().places(notice, key).getOrDefault("text", "");
        return new Outbox.Entry(
                outlet.channel().id(),
                key,
                journaled.position(),
                notice.alarm().id(),
                journaled.event().area(),
                journaled.ingestTime(),
                notice.document(key, vi, en),
                outlet.own().places(notice, key));
    }

    /** One for an event and a channel; no full stop in it, since a signature is of parts that full stops divide. */
    static String key(String event, String channel) {
        byte[] named = (event + "\n" + channel).getBytes(StandardCharsets.UTF_8);
        return "msg_" + Digest.of(named).substring(0, KEY_CHARS);
    }
}
