package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.DeedAudit;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Said;
import vn.kydai.event.Reading;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.SirenOrder.State;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;

/**
 * Orders to sound sirens (lệnh hú còi): one person prepares, another with the commander's role confirms. Checked against
 * the newest picture, appended, and answered with the order as the journal then has it. Of several who act at once the
 * first one's deed counts, and all see it.
 */
final class Orders {
    /** How long an order may be confirmed, and from then on how long it may be sounded. */
    static final Duration VALID = Duration.ofMinutes(5);

    private static final Duration SHOWN = Duration.ofDays(31);
    /** So many of one person wait for another one at a time. */
    private static final int MOST_OF_A_PERSON = 3;

    private static final int MOST_OF_AN_AREA = 20;
    private static final int MOST = 200;
    private static final int ID_CHARS = 24;

    private final AlarmParts parts;
    private final NewestPicture newest;
    private final AlarmLog log;
    private final DeedAudit audit;
    private final Supplier<Set<String>> listening;

    /**
     * Creates it.
     *
     * @param listening gives the devices that are connected and listen for orders just now
     */
    Orders(AlarmParts parts, NewestPicture newest, AlarmLog log, Supplier<Set<String>> listening) {
        this.listening = listening;
        this.parts = parts;
        this.newest = newest;
        this.log = log;
        this.audit = new DeedAudit(parts.audit());
    }

    /** Returns the orders of an area of the last month, the newest first. */
    List<SirenOrder> shown(Picture picture, Predicate<String> areas) {
        Instant since = parts.clock().instant().minus(SHOWN);
        return picture.orders().values().stream()
                .filter(order ->
                        areas.test(order.area()) && order.prepared().at().isAfter(since))
                .sorted(Comparator.comparing(
                                (SirenOrder order) -> order.prepared().at())
                        .thenComparing(SirenOrder::id)
                        .reversed())
                .toList();
    }

    /**
     * Whom an order for an area can reach.
     *
     * @param registered sirens of the area and below it
     * @param connected those of them that listen for orders just now, themselves or by their gateway
     */
    record Sirens(long registered, long connected) {}

    /** Counts the sirens of each of some areas and below it. */
    SortedMap<String, Sirens> sirens(Picture picture, Set<String> areas) {
        Registry registry = parts.registry().get();
        Instant now = parts.clock().instant();
        Set<String> hearing = listening.get();
        List<Source> all = registry.sources().all().stream()
                .filter(source -> source.measures(Reading.SIREN) && !source.isRevoked())
                .toList();
        SortedMap<String, Sirens> counts = new TreeMap<>();
        for (String area : areas) {
            Set<String> subtree = picture.subtree(area);
            List<Source> own = all.stream()
                    .filter(source -> subtree.contains(registry.areaOf(source, now)))
                    .toList();
            long connected = own.stream()
                    .filter(source -> hearing.contains(source.id())
                            || (source.behind() != null && hearing.contains(source.behind())))
                    .count();
            counts.put(area, new Sirens(own.size(), connected));
        }
        return counts;
    }

    /** Counts the sirens of one area and below it, as of now. */
    Sirens sirens(String area) {
        return requireNonNull(sirens(newest.get(), Set.of(area)).get(area), "it was asked for");
    }

    /**
     * Prepares an order.
     *
     * @return fails with a {@link Problem}: 400 no such alarm, 403 out of scope, 404 no such area, 409 the key was used
     *     for something else, 429 too many wait, 503 not now
     */
    Future<SirenOrder> prepare(Viewer viewer, String remote, OrderRequest request) {
        Instant now = parts.clock().instant();
        String id = IdempotencyKey.own(viewer, request.key()).substring(0, ID_CHARS);
        Future<SirenOrder> done = DeedAudit.checked(() -> {
                    Picture picture = newest.get();
                    AlarmRoutes.checkArea(viewer, request.area(), picture);
                    checkPreparable(viewer, request, picture, id, now);
                    return picture;
                })
                .compose(picture -> append(viewer, request, id, now));
        String subject = id + " in " + request.area();
        return audit.noted(done, new DeedAudit.Entry(now, viewer.name(), remote, "order prepare", subject));
    }

    private Future<SirenOrder> append(Viewer viewer, OrderRequest request, String id, Instant now) {
        Alarm event = Alarm.ofOrder(
                id,
                Alarm.Step.PREPARED,
                new Alarm.Order(request.signal(), request.alarm()),
                viewer.name(),
                request.reason(),
                until(now));
        String said = String.join(
                "\n", request.area(), request.signal().id(), request.reason(), String.valueOf(request.alarm()));
        return known(
                log.append(OrderIds.prepared(id), request.area(), now, event, said)
                        .compose(newest::at),
                id);
    }

    private static void checkPreparable(Viewer viewer, OrderRequest request, Picture picture, String id, Instant now) {
        if (request.alarm() != null) {
            Picture.Alarm alarm = picture.alarms().get(request.alarm());
            if (alarm == null || !picture.isWithin(viewer.scope(), alarm.area())) {
                throw new Problem(400, "alarm: there is no alarm " + request.alarm() + " in " + viewer.scope());
            }
        }
        if (!picture.orders().containsKey(id)) {
            checkRoom(viewer, request, picture, now);
        }
    }

    /** One person's orders leave room for those of others, one area's for those of other areas. */
    private static void checkRoom(Viewer viewer, OrderRequest request, Picture picture, Instant now) {
        List<SirenOrder> binding = picture.orders().values().stream()
                .filter(order -> order.isBinding(now))
                .toList();
        long own = binding.stream()
                .filter(order ->
                        order.state().isStanding() && order.prepared().by().equals(viewer.name()))
                .count();
        long ofArea = binding.stream()
                .filter(order -> order.area().equals(request.area()))
                .count();
        if (own >= MOST_OF_A_PERSON) {
            throw tooMany(own + " orders of yours wait already; have them confirmed or cancel them first");
        }
        if (ofArea >= MOST_OF_AN_AREA) {
            throw tooMany(ofArea + " orders of the area " + request.area() + " hold already; cancel some first");
        }
        if (binding.size() >= MOST) {
            throw tooMany(binding.size() + " orders hold already; cancel some first");
        }
    }

    private static Problem tooMany(String why) {
        return new Problem(429, why, Map.of("Retry-After", "60"));
    }

    private static Instant until(Instant now) {
        return now.plus(VALID).truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Confirms or cancels an order.
     *
     * @param reason why, in the person's words
     * @return the order afterwards; fails with a {@link Problem}: 404 unknown, 403 out of scope or not this person's to
     *     do, 409 not possible as it stands, 503 not now
     */
    Future<SirenOrder> act(Viewer viewer, String remote, OrderDeed deed, String id, @Nullable String reason) {
        Instant now = parts.clock().instant();
        Future<SirenOrder> done = DeedAudit.checked(() -> checked(viewer, deed, id, now))
                .compose(order -> isDone(order, viewer, deed)
                        ? Future.succeededFuture(order)
                        : append(viewer, deed, order, reason, now));
        return audit.noted(done, new DeedAudit.Entry(now, viewer.name(), remote, "order " + deed.path(), id));
    }

    private SirenOrder checked(Viewer viewer, OrderDeed deed, String id, Instant now) {
        Picture picture = newest.get();
        SirenOrder order = picture.orders().get(id);
        if (order == null) {
            throw new Problem(404, "there is no order " + id);
        }
        if (!picture.isWithin(viewer.scope(), order.area())) {
            throw new Problem(403, viewer.name() + " acts in " + viewer.scope() + ", not in " + order.area());
        }
        check(order, viewer, deed, now);
        return order;
    }

    private static void check(SirenOrder order, Viewer viewer, OrderDeed deed, Instant now) {
        if (isDone(order, viewer, deed)) {
            return;
        }
        boolean isOwn = order.prepared().by().equals(viewer.name());
        if (deed == OrderDeed.CONFIRM && isOwn) {
            throw new Problem(403, "who prepared an order may not confirm it: another person is needed");
        }
        if (deed == OrderDeed.CANCEL && !isOwn && !viewer.role().includes(Role.COMMANDER)) {
            throw new Problem(403, "only who prepared an order, or a commander, may cancel it");
        }
        boolean isInTime = now.isBefore(order.until());
        boolean isOpen = deed == OrderDeed.CONFIRM
                ? order.state() == State.PREPARED
                : order.state().isStanding() || order.state() == State.SOUNDED;
        if (!isOpen || !isInTime) {
            throw new Problem(
                    409,
                    "the order " + standing(order, isInTime) + "; it can no longer be "
                            + deed.made().id());
        }
    }

    /** Done once it is theirs already; what came of it since does not matter. */
    private static boolean isDone(SirenOrder order, Viewer viewer, OrderDeed deed) {
        Said said = deed == OrderDeed.CONFIRM ? order.confirmed() : order.cancelled();
        return said != null && said.by().equals(viewer.name());
    }

    private static String standing(SirenOrder order, boolean isInTime) {
        Said cancelled = order.cancelled();
        Said confirmed = order.confirmed();
        return switch (order.state()) {
            case PREPARED -> "expired at " + order.until();
            case CONFIRMED ->
                isInTime && confirmed != null ? "was confirmed by " + confirmed.by() : "expired at " + order.until();
            case SOUNDED -> "has been sounded";
            case UNANSWERED, EXPIRED -> "expired at " + order.until();
            case CANCELLED -> "was cancelled by " + (cancelled == null ? "-" : cancelled.by());
        };
    }

    private Future<SirenOrder> append(
            Viewer viewer, OrderDeed deed, SirenOrder order, @Nullable String reason, Instant now) {
        Alarm event = Alarm.ofOrder(
                order.id(), deed.step(), null, viewer.name(), reason, deed == OrderDeed.CONFIRM ? until(now) : null);
        String said = deed.path() + "\n" + viewer.name();
        Future<Picture> appended = log.append(OrderIds.end(order), order.area(), now, event, said)
                .compose(newest::at)
                .recover(failure -> failure instanceof Problem problem && problem.status() == 409
                        ? newest.at(parts.journal().readable())
                        : Future.failedFuture(failure));
        return known(appended, order.id()).map(after -> {
            check(after, viewer, deed, now);
            if (!isDone(after, viewer, deed)) {
                throw after.state() == order.state()
                        ? Deeds.unknown()
                        : new Problem(409, "the order " + standing(after, now.isBefore(after.until())) + " meanwhile");
            }
            return after;
        });
    }

    private static Future<SirenOrder> known(Future<Picture> shown, String id) {
        return Deeds.inTime(shown).map(picture -> {
            SirenOrder order = picture.orders().get(id);
            if (order == null) {
                throw Deeds.unknown();
            }
            return order;
        });
    }
}
