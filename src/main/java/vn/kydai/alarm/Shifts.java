package vn.kydai.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Account;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.DeedAudit;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.codec.Json;

/**
 * Hands shifts over: a step {@code handed} for each alarm that is not normal, then one of the reserved rule {@code shift}
 * about the area, which says that all of them are there; and the step {@code accepted} of who takes it. Whoever was interrupted sends it again with the same key, and
 * what is there already is not appended twice.
 */
final class Shifts {
    private static final int MAX_ROWS = 5_000;
    private static final Duration SHOWN = Duration.ofDays(31);
    private static final int ROUNDS = 3;
    private static final String HANDED = """
            select position, id, event_time, area, data from journal
            where kind = 'alarm' and data ->> 'step' in ('handed', 'accepted') and ingest_time > $1
                and position <> all (array(select position from set_aside))
            order by ingest_time desc, position desc limit %d
            """.formatted(MAX_ROWS);

    private static final String ONE = """
            select position, id, event_time, area, data from journal
            where position = $1 and kind = 'alarm' and data ->> 'rule' = 'shift' and data ->> 'step' = 'handed'
                and position <> all (array(select position from set_aside))""";

    private final AlarmParts parts;
    private final ShiftParts shifts;
    private final NewestPicture newest;
    private final AlarmLog log;
    private final DeedAudit audit;

    Shifts(AlarmParts parts, ShiftParts shifts, NewestPicture newest, AlarmLog log) {
        this.parts = parts;
        this.shifts = shifts;
        this.newest = newest;
        this.log = log;
        this.audit = new DeedAudit(parts.audit());
    }

    /**
     * Hands an area's alarms over.
     *
     * @return fails with a {@link Problem}: 400 nobody who could take it, 403 out of scope, 409 the key was used for
     *     something else, 503 not now
     */
    Future<HandOver> handOver(Viewer viewer, String remote, HandOverRequest request) {
        Instant now = parts.clock().instant();
        String area = request.area() == null ? viewer.scope() : request.area();
        Future<HandOver> done = DeedAudit.checked(() -> {
                    Picture picture = newest.get();
                    AlarmRoutes.checkArea(viewer, area, picture);
                    return picture;
                })
                .compose(picture -> Deeds.inTime(handOver(viewer, request, area, now, picture)));
        String subject = area + " to " + request.to();
        return audit.noted(done, new DeedAudit.Entry(now, viewer.name(), remote, "shift hand-over", subject));
    }

    private Future<HandOver> handOver(
            Viewer viewer, HandOverRequest request, String area, Instant now, Picture picture) {
        return shifts.people().find(request.to()).compose(found -> {
            checkTaker(found, viewer, area, picture);
            return append(new Work(viewer, request, area, now, IdempotencyKey.own(viewer, request.key())), picture);
        });
    }

    /** Returns who may take an area's shift from the viewer, by user name. */
    Future<List<Account>> takers(Viewer viewer, String area, Picture picture) {
        return shifts.people()
                .list()
                .map(accounts -> accounts.stream()
                        .filter(account -> mayTake(account, viewer, area, picture))
                        .toList());
    }

    private static boolean mayTake(Account account, Viewer viewer, String area, Picture picture) {
        return account.disabledAt() == null
                && account.role().includes(Role.OPERATOR)
                && picture.isWithin(account.scope(), area)
                && !account.name().equals(viewer.name());
    }

    private static void checkTaker(Optional<Account> found, Viewer viewer, String area, Picture picture) {
        if (found.filter(account -> mayTake(account, viewer, area, picture)).isEmpty()) {
            throw new Problem(400, "to: somebody else is needed, who may act on alarms in " + area);
        }
    }

    /** One hand-over under way. */
    private record Work(Viewer viewer, HandOverRequest request, String area, Instant now, String key) {
        Alarm handed(String rule, String source, long occurrence) {
            return Alarm.handed(rule, source, occurrence, viewer.name(), request.note(), request.to());
        }
    }

    private Future<HandOver> append(Work work, Picture picture) {
        Map<String, Long> handed = new TreeMap<>();
        return handAlarms(work, open(work, picture), handed, ROUNDS)
                .compose(done -> append(work, work.area(), work.handed(Alarm.SHIFT, work.area(), 0)))
                .compose(newest::at)
                .map(shown -> new HandOver(
                        shown.position(),
                        work.now(),
                        work.area(),
                        work.viewer().name(),
                        work.request().to(),
                        work.request().note(),
                        List.copyOf(handed.keySet()),
                        null));
    }

    /**
     * Takes a shift that was handed over to the viewer; once taken it stays so, whoever says it again.
     *
     * @param handed position of the hand-over
     * @return fails with a {@link Problem}: 404 no such hand-over, 403 it was handed to somebody else
     */
    Future<HandOver> accept(Viewer viewer, String remote, long handed) {
        Instant now = parts.clock().instant();
        Future<HandOver> done = Deeds.inTime(shifts.sql()
                .preparedQuery(ONE)
                .execute(Tuple.of(handed))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.failedFuture(
                                new Problem(404, "there is no hand-over of a shift at this position"));
                    }
                    Row row = rows.iterator().next();
                    String area = row.getString("area");
                    if (!data(row).path("to").asText().equals(viewer.name())) {
                        return Future.failedFuture(new Problem(403, "this shift was handed to somebody else"));
                    }
                    String id = Alarm.SHIFT + ":" + area + "/" + handed + "/accepted";
                    return log.append(id, area, now, Alarm.accepted(area, handed, viewer.name()), id)
                            .compose(appended -> handOvers(Set.of(area), MAX_ROWS))
                            .map(all -> all.stream()
                                    .filter(one -> one.position() == handed)
                                    .findFirst()
                                    .orElseGet(() -> handOver(row, List.of(), now)));
                }));
        return audit.noted(
                done, new DeedAudit.Entry(now, viewer.name(), remote, "shift accept", Long.toString(handed)));
    }

    private static List<Picture.Alarm> open(Work work, Picture picture) {
        Set<String> members = picture.subtree(work.area());
        return picture.alarms().values().stream()
                .filter(alarm -> alarm.state() != AlarmState.NORMAL && members.contains(alarm.area()))
                .toList();
    }

    /**
     * One that was raised again meanwhile, or only now, is handed over in another round. One that was handed is done, even
     * if somebody else took it over since: whoever did keeps it.
     *
     * @param handed the occurrence of each that was
     */
    private Future<Void> handAlarms(Work work, List<Picture.Alarm> alarms, Map<String, Long> handed, int rounds) {
        if (alarms.isEmpty()) {
            return Future.succeededFuture();
        }
        if (rounds == 0) {
            return Future.failedFuture(Deeds.unknown());
        }
        List<Future<Long>> appended = new ArrayList<>();
        for (Picture.Alarm alarm : alarms) {
            handed.put(Alarm.id(alarm.rule(), alarm.source()), alarm.occurrence());
            appended.add(append(work, alarm.area(), work.handed(alarm.rule(), alarm.source(), alarm.occurrence())));
        }
        return Future.all(appended)
                .map(all -> appended.stream().mapToLong(Future::result).max().orElse(0))
                .compose(newest::at)
                .compose(picture -> {
                    List<Picture.Alarm> left = open(work, picture).stream()
                            .filter(alarm -> !isHanded(alarm, work, handed))
                            .toList();
                    return handAlarms(work, left, handed, rounds - 1);
                });
    }

    private static boolean isHanded(Picture.Alarm alarm, Work work, Map<String, Long> handed) {
        Picture.Said holder = alarm.holder();
        Long occurrence = handed.get(Alarm.id(alarm.rule(), alarm.source()));
        return (occurrence != null && occurrence == alarm.occurrence())
                || (holder != null && holder.by().equals(work.request().to()));
    }

    private Future<Long> append(Work work, String area, Alarm alarm) {
        String id = alarm.id() + "/" + alarm.occurrence() + "/handed/" + work.key();
        return log.append(id, area, work.now(), alarm, id + "\n" + alarm.to() + "\n" + alarm.note());
    }

    /** Returns the hand-overs of the last month in some areas, the newest first. */
    Future<List<HandOver>> handOvers(Set<String> areas, int limit) {
        Instant since = parts.clock().instant().minus(SHOWN);
        return shifts.sql()
                .preparedQuery(HANDED)
                .execute(Tuple.of(since.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    List<Row> ofShifts = new ArrayList<>();
                    Map<String, List<String>> alarms = new HashMap<>();
                    Map<Long, Instant> accepted = new HashMap<>();
                    rows.forEach(row -> {
                        JsonNode data = data(row);
                        String rule = data.path("rule").asText();
                        if (data.path("step").asText().equals(Alarm.Step.ACCEPTED.id())) {
                            accepted.put(
                                    data.path("occurrence").asLong(),
                                    row.getOffsetDateTime("event_time").toInstant());
                        } else if (!rule.equals(Alarm.SHIFT)) {
                            alarms.computeIfAbsent(key(row), key -> new ArrayList<>())
                                    .add(Alarm.id(rule, data.path("source").asText()));
                        } else if (areas.contains(row.getString("area"))) {
                            ofShifts.add(row);
                        }
                    });
                    return ofShifts.stream()
                            .limit(limit)
                            .map(row -> handOver(
                                    row,
                                    alarms.getOrDefault(key(row), List.of()),
                                    accepted.get(row.getLong("position"))))
                            .toList();
                });
    }

    private static HandOver handOver(Row row, List<String> alarms, @Nullable Instant acceptedAt) {
        JsonNode data = data(row);
        return new HandOver(
                row.getLong("position"),
                row.getOffsetDateTime("event_time").toInstant(),
                row.getString("area"),
                data.path("by").asText(),
                data.path("to").asText(),
                note(data),
                alarms.stream().distinct().sorted().toList(),
                acceptedAt);
    }

    private static @Nullable String note(JsonNode data) {
        return data.has("note") ? data.path("note").asText() : null;
    }

    private static String key(Row row) {
        String id = row.getString("id");
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static JsonNode data(Row row) {
        try {
            return Json.stored(String.valueOf(row.getValue("data")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds JSON", e);
        }
    }
}
