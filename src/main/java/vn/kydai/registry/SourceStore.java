package vn.kydai.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;
import vn.kydai.event.Place;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.TypedText;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/** The sources in PostgreSQL, their registry. Each change is one transaction and notifies {@link #CHANNEL}. */
public final class SourceStore {
    /** Channel that is notified of every change, without a payload. */
    public static final String CHANNEL = "kydai_registry";

    private static final int MAX_NAME_CHARS = 64;
    private static final String NOTIFY = "notify " + CHANNEL;

    private static final String IMPORT = """
            with given as (
                select * from jsonb_to_recordset($1::text::jsonb -> 'sources') as source(
                    id text, kind text, behind text, name text, station text, metrics jsonb, registrations jsonb,
                    revoked boolean, latitude float8, longitude float8)
            ), added as (
                insert into device (id, kind, behind, name, station, metrics, revoked_at, created_at, latitude, longitude)
                select id, kind, behind, name, station, coalesce(metrics, '[]'), case when revoked then $2::timestamptz end,
                       $2::timestamptz, latitude, longitude
                from given
                on conflict (id) do nothing
                returning id
            )
            insert into registration (device, area, valid_from)
            select id, registered.area, registered."from"
            from given
            join added using (id)
            cross join jsonb_to_recordset(registrations) as registered(area text, "from" timestamptz)
            """;

    private static final String SELECT = """
            select id, kind, behind, name, station, metrics::text as metrics, revoked_at is not null as is_revoked,
                   revision, latitude, longitude, area, valid_from
            from device join registration on device = id
            """;
    private static final String IN_ORDER = " order by id, valid_from nulls first";

    private final Pool pool;

    /** Uses a pool of connections; does not own it. */
    public SourceStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Sources whose newest state the journal does not have yet.
     *
     * @param revisions by id, so that a change made meanwhile stays unjournaled
     */
    public record Changes(Sources sources, Map<String, Integer> revisions) {
        public Changes {
            revisions = Map.copyOf(revisions);
        }
    }

    /** Adds the sources it does not have, with their registrations, and leaves the others as they are. */
    public Future<Void> importIfAbsent(Sources sources, Instant now) {
        String json = Json.text(sources.toJson());
        return pool.withTransaction(connection -> connection
                .preparedQuery(IMPORT)
                .execute(Tuple.of(json, utc(now)))
                .compose(added -> added.rowCount() > 0 ? changed(connection) : Future.succeededFuture()));
    }

    /** Registers a new source, since ever. Fails with {@link RegistrationRefused}, also for one that is known. */
    public Future<Void> register(Addition addition, Instant now, Actor actor) {
        return checked(
                addition,
                actor,
                connection -> insert(connection, addition, now)
                        .compose(isNew -> isNew
                                ? Future.succeededFuture()
                                : conflict("id: " + addition.id() + " is registered already; allowed: another one")));
    }

    /**
     * Registers a new source since ever; moves a known one to another area from {@code now} on; renews the token of one
     * that stays, or says how it is called and what it measures; of a metric it has already, what is registered stays.
     * A new token ends a revocation. Fails with {@link RegistrationRefused}.
     */
    public Future<Void> add(Addition addition, Instant now) {
        return checked(
                addition,
                Actor.COMMAND_LINE,
                connection -> find(connection, addition.id())
                        .compose(found -> found == null
                                ? insert(connection, addition, now).mapEmpty()
                                : change(connection, found, addition, now)));
    }

    /** Changes a known source as {@link #add} does. Fails with {@link RegistrationRefused}, also for an unknown one. */
    public Future<Void> change(Addition addition, Instant now, Actor actor) {
        return checked(
                addition,
                actor,
                connection -> found(connection, addition.id()).compose(found -> {
                    actor.check(found);
                    return change(connection, found, addition, now);
                }));
    }

    private Future<Void> checked(Addition addition, Actor actor, Function<SqlConnection, Future<Void>> work) {
        if (!SourceJson.ID.matcher(addition.id()).matches()) {
            return refused("id: found " + addition.id() + "; allowed: " + SourceJson.ID.pattern());
        }
        String name = addition.name();
        if (name != null && (name.isEmpty() || name.length() > MAX_NAME_CHARS || !TypedText.isPrintable(name))) {
            return refused("name: allowed: 1 to 64 characters that can be printed, not all of them spaces");
        }
        return pool.withTransaction(connection -> checkGateway(connection, addition)
                .compose(known -> work.apply(connection))
                .compose(done -> actor.note(connection))
                .compose(noted -> changed(connection)));
    }

    /** Lets a source sign in no more. Fails with {@link RegistrationRefused} for an unknown one. */
    public Future<Void> revoke(String id, Instant now, Actor actor) {
        return pool.withTransaction(connection -> found(connection, id)
                .compose(found -> {
                    actor.check(found);
                    return connection
                            .preparedQuery("update device set revoked_at = coalesce(revoked_at, $2),"
                                    + " revision = revision + 1 where id = $1")
                            .execute(Tuple.of(id, utc(now)));
                })
                .compose(done -> actor.note(connection))
                .compose(noted -> changed(connection)));
    }

    /** Reads all sources. */
    public Future<Sources> load() {
        return pool.preparedQuery(SELECT + IN_ORDER)
                .execute()
                .map(rows -> changes(rows).sources());
    }

    /** Reads the sources whose newest state the journal does not have yet. */
    public Future<Changes> unjournaled() {
        return pool.preparedQuery(SELECT + " where revision > journaled" + IN_ORDER)
                .execute()
                .map(SourceStore::changes);
    }

    /** Notes that the journal has these, as they were read. */
    public Future<Void> markJournaled(Changes changes) {
        String[] ids = changes.revisions().keySet().toArray(String[]::new);
        Integer[] revisions = changes.revisions().values().toArray(Integer[]::new);
        return pool.preparedQuery("update device set journaled = greatest(journaled, read.revision)"
                        + " from unnest($1::text[], $2::int[]) as read(id, revision) where device.id = read.id")
                .execute(Tuple.tuple().addArrayOfString(ids).addArrayOfInteger(revisions))
                .mapEmpty();
    }

    private static Future<Void> checkGateway(SqlClient client, Addition addition) {
        String gateway = addition.behind();
        if (gateway == null) {
            return Future.succeededFuture();
        }
        return client.preparedQuery("select kind from device where id = $1")
                .execute(Tuple.of(gateway))
                .compose(rows -> rows.size() == 1
                                && rows.iterator().next().getString("kind").equals("gateway")
                        ? Future.succeededFuture()
                        : refused("behind: found " + gateway + ", which is no gateway; allowed: a registered gateway"));
    }

    private static Future<@Nullable Source> find(SqlConnection connection, String id) {
        return connection
                .preparedQuery("select 1 from device where id = $1 for update")
                .execute(Tuple.of(id))
                .compose(locked -> connection
                        .preparedQuery(SELECT + " where id = $1" + IN_ORDER)
                        .execute(Tuple.of(id)))
                .map(rows -> changes(rows).sources().find(id).orElse(null));
    }

    private static Future<Source> found(SqlConnection connection, String id) {
        return find(connection, id)
                .compose(found -> found == null ? refuseUnknown(connection, id) : Future.succeededFuture(found));
    }

    /** Returns whether it was new. */
    private static Future<Boolean> insert(SqlConnection connection, Addition addition, Instant now) {
        String refusal = SourceJson.refusal(addition.id());
        if (refusal != null) {
            return refused("id: " + refusal);
        }
        String area = addition.area();
        if (area == null) {
            return refused("area: none; allowed: where it belongs");
        }
        return connection
                .preparedQuery(
                        "insert into device (id, kind, behind, token_hash, created_at, name, metrics, latitude, longitude)"
                                + " values ($1, $2, $3, $4, $5, $6, coalesce($7::text::jsonb, '[]'), $8, $9)"
                                + " on conflict (id) do nothing")
                .execute(Tuple.wrap(Arrays.asList(
                        addition.id(),
                        addition.kind().id(),
                        addition.behind(),
                        addition.tokenHash(),
                        utc(now),
                        addition.name(),
                        metrics(addition.withLevels(addition.metrics())),
                        latitude(addition),
                        longitude(addition))))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : belongs(connection, addition.id(), area, null).map(true));
    }

    private static Future<Void> change(SqlConnection connection, Source found, Addition addition, Instant now) {
        Registration last = found.registrations().get(found.registrations().size() - 1);
        String area = addition.area() == null ? last.area() : addition.area();
        boolean isMove = !last.area().equals(area);
        if (found.kind() != addition.kind()) {
            return conflict("kind: " + found.id() + " is a " + found.kind().id() + "; a source keeps its kind");
        }
        if (!isMove && addition.saysNothing()) {
            return Future.succeededFuture();
        }
        Instant from = now.truncatedTo(ChronoUnit.MILLIS); // as the journal tells it
        if (isMove && last.from() != null && !from.isAfter(last.from())) {
            return conflict("id: " + found.id() + " moved at " + last.from() + "; it can move again after that");
        }
        return connection
                .preparedQuery("update device set behind = coalesce($2, behind), token_hash = coalesce($3, token_hash),"
                        + " name = coalesce($4, name), metrics = coalesce($5::text::jsonb, metrics),"
                        + " latitude = case when $8 then $6 else latitude end, longitude = case when $8 then $7 else longitude end,"
                        + " revoked_at = case when $3::text is null then revoked_at end, revision = revision + 1"
                        + " where id = $1")
                .execute(Tuple.wrap(Arrays.asList(
                        addition.id(),
                        addition.behind(),
                        addition.tokenHash(),
                        addition.name(),
                        metrics(merged(found, addition)),
                        latitude(addition),
                        longitude(addition),
                        addition.placing() != null)))
                .compose(done -> isMove ? belongs(connection, found.id(), area, from) : Future.succeededFuture());
    }

    private static List<Sources.Metric> merged(Source found, Addition addition) {
        Map<String, Sources.Metric> known =
                found.metrics().stream().collect(Collectors.toMap(Sources.Metric::metric, Function.identity()));
        List<Sources.Metric> said = addition.metrics().stream()
                .map(metric -> known.getOrDefault(metric.metric(), metric))
                .toList();
        return addition.levels() == null ? said : addition.withLevels(said.isEmpty() ? found.metrics() : said);
    }

    private static @Nullable Double latitude(Addition addition) {
        Place at = at(addition);
        return at == null ? null : (Double) at.latitude();
    }

    private static @Nullable Double longitude(Addition addition) {
        Place at = at(addition);
        return at == null ? null : (Double) at.longitude();
    }

    private static @Nullable Place at(Addition addition) {
        return addition.placing() == null ? null : addition.placing().at();
    }

    private static @Nullable String metrics(List<Sources.Metric> metrics) {
        return metrics.isEmpty() ? null : Json.text(SourceJson.writeMetrics(metrics));
    }

    private static Future<Void> belongs(SqlConnection connection, String id, String area, @Nullable Instant from) {
        return connection
                .preparedQuery("insert into registration (device, area, valid_from) values ($1, $2, $3)")
                .execute(Tuple.of(id, area, from == null ? null : utc(from)))
                .mapEmpty();
    }

    private static <T> Future<T> refuseUnknown(SqlConnection connection, String id) {
        return connection.query("select id from device").execute().compose(rows -> {
            List<String> known = new ArrayList<>();
            rows.forEach(row -> known.add(row.getString("id")));
            return refused("id: found " + id + ", which is not registered" + Nearest.hint(id, known));
        });
    }

    private static Future<Void> changed(SqlConnection connection) {
        return connection.query(NOTIFY).execute().mapEmpty();
    }

    private static <T> Future<T> refused(String message) {
        return Future.failedFuture(new RegistrationRefused(message, false));
    }

    private static <T> Future<T> conflict(String message) {
        return Future.failedFuture(new RegistrationRefused(message, true));
    }

    private static Changes changes(RowSet<Row> rows) {
        Map<String, Source> sources = new TreeMap<>();
        Map<String, Integer> revisions = new HashMap<>();
        for (Row row : rows) {
            sources.merge(row.getString("id"), source(row), SourceStore::joined);
            revisions.put(row.getString("id"), row.getInteger("revision"));
        }
        return new Changes(Sources.of(sources.values()), revisions);
    }

    private static Source joined(Source earlier, Source later) {
        List<Registration> registrations = new ArrayList<>(earlier.registrations());
        registrations.addAll(later.registrations());
        return new Source(
                later.id(),
                later.kind(),
                later.behind(),
                registrations,
                later.name(),
                later.station(),
                later.metrics(),
                later.isRevoked(),
                later.place());
    }

    private static Source source(Row row) {
        OffsetDateTime from = row.getOffsetDateTime("valid_from");
        return new Source(
                row.getString("id"),
                SourceKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("behind"),
                List.of(new Registration(row.getString("area"), from == null ? null : from.toInstant())),
                row.getString("name"),
                row.getString("station"),
                metrics(row),
                row.getBoolean("is_revoked"),
                place(row));
    }

    private static @Nullable Place place(Row row) {
        Double latitude = row.getDouble("latitude");
        Double longitude = row.getDouble("longitude");
        return latitude == null || longitude == null ? null : new Place(latitude, longitude);
    }

    private static List<Sources.Metric> metrics(Row row) {
        try {
            return SourceJson.readMetrics(Json.stored(row.getString("metrics")), "/metrics");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("device.metrics is not JSON", e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
