package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;

/**
 * Alarms in the Common Alerting Protocol: {@code GET /api/v1/alarms/{alarm}.cap}, an alarm's newest message, and
 * {@code GET /api/v1/alarms.cap}, the feed of those that stand or ended within a day.
 */
final class CapRoute {
    /** Of two of one instant the one that the journal has later. */
    private static final Comparator<CapMessage> NEWEST_FIRST = Comparator.comparing(
                    (CapMessage message) -> message.last().at())
            .thenComparingLong(message -> message.notice().journaled().position())
            .reversed();

    private static final Duration SHOWN = Duration.ofDays(1);
    private static final int MAX_ENTRIES = 500;

    private final Supplier<@Nullable Picture> newest;
    private final String sender;
    private final CapSteps steps;
    private final CapArchive archive;
    private final InstantSource clock;
    private final CapMessages messages;

    CapRoute(OutboundParts parts, Supplier<@Nullable Picture> newest) {
        this.newest = newest;
        this.sender = parts.cap().settings().sender();
        this.steps = new CapSteps(parts.pool());
        this.archive = new CapArchive(parts.pool());
        this.clock = parts.clock();
        this.messages = new CapMessages(parts.cap(), parts.rules());
    }

    void mount(Router router) {
        router.get("/api/v1/alarms.cap").handler(this::feed);
        router.get("/api/v1/alarms/:alarm.cap").handler(this::show);
    }

    private Picture picture() {
        Picture picture = newest.get();
        if (picture == null) {
            throw new Problem(503, "there is no picture yet", Map.of("Retry-After", "1"));
        }
        return picture;
    }

    private void show(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String id = requireNonNull(context.pathParam("alarm"), "the path has it");
        Picture picture = picture();
        Picture.Alarm alarm = picture.alarms().get(id);
        if (alarm == null) {
            throw new Problem(404, "there is no alarm " + id);
        }
        if (!picture.subtree(viewer.scope()).contains(alarm.area())) {
            throw viewer.foreign(alarm.area());
        }
        read(List.of(alarm))
                .compose(found -> {
                    List<Journaled> own = found.get(id);
                    if (own == null) {
                        return Future.failedFuture(
                                new Problem(404, "the journal no longer holds how this alarm was raised"));
                    }
                    CapMessage.Sent last = messages.message(own, alarm, picture).last();
                    return given(context.vertx(), last.identifier(), () -> messages.withOutline(own, alarm, picture))
                            .onSuccess(xml -> Validated.answer(context, "application/cap+xml", xml, last.at()));
                })
                .onFailure(context::fail);
    }

    /** Returns a message as it was first given; now, where it has not been. */
    private Future<String> given(Vertx vertx, String identifier, Callable<CapMessage> written) {
        return archive.find(identifier)
                .compose(known -> known.isPresent()
                        ? Future.succeededFuture(known.get())
                        : vertx.executeBlocking(written, false)
                                .compose(message -> archive.keep(identifier, message.xml(), clock.instant())))
                .recover(CapRoute::later);
    }

    private static <T> Future<T> later(Throwable cause) {
        return Future.failedFuture(new Problem(503, "the journal cannot be read now", Map.of("Retry-After", "1")));
    }

    private void feed(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String asked = context.request().getParam("area");
        String area = asked == null ? viewer.scope() : asked;
        Picture picture = picture();
        switch (picture.judge(viewer.scope(), area)) {
            case UNKNOWN -> throw Problem.unknownArea(area);
            case FOREIGN -> throw viewer.foreign(area);
            case WITHIN -> {}
        }
        Set<String> members = picture.subtree(area);
        List<Picture.Alarm> inside = picture.alarms().values().stream()
                .filter(alarm -> members.contains(alarm.area()))
                .toList();
        List<Picture.Alarm> told = inside.stream()
                .filter(alarm -> isTold(alarm, picture.at()))
                .sorted(Comparator.comparing(CapRoute::changed).reversed())
                .limit(MAX_ENTRIES)
                .toList();
        read(told).onFailure(context::fail).onSuccess(found -> {
            CapFeed feed = feed(area, picture, inside, told, found);
            Validated.answer(context, "application/atom+xml", feed.xml(), feed.updated());
        });
    }

    /** Tells whether it stands, or ended within a day. */
    private static boolean isTold(Picture.Alarm alarm, Instant now) {
        return alarm.state() != AlarmState.NORMAL || changed(alarm).isAfter(now.minus(SHOWN));
    }

    private static Instant changed(Picture.Alarm alarm) {
        return alarm.clearedAt() == null ? alarm.raisedAt() : alarm.clearedAt();
    }

    private CapFeed feed(
            String area,
            Picture picture,
            Collection<Picture.Alarm> inside,
            List<Picture.Alarm> told,
            Map<String, List<Journaled>> found) {
        List<CapMessage> written = told.stream()
                .flatMap(alarm -> Optional.ofNullable(found.get(Alarm.id(alarm.rule(), alarm.source())))
                        .map(own -> messages.message(own, alarm, picture))
                        .stream())
                .sorted(NEWEST_FIRST)
                .toList();
        Instant before =
                inside.stream().map(CapRoute::changed).max(Instant::compareTo).orElse(Instant.EPOCH);
        Instant updated = written.isEmpty() ? before : written.get(0).last().at();
        Picture.Area shown = requireNonNull(picture.areas().get(area), "it is in the tree");
        return new CapFeed(sender, area, shown.name(), updated, written);
    }

    private Future<Map<String, List<Journaled>>> read(List<Picture.Alarm> alarms) {
        return steps.of(alarms).recover(CapRoute::later);
    }
}
