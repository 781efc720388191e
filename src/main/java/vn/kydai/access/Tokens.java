package vn.kydai.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code token} and {@code device}, looked up by what is presented. A change and its audit row commit together. */
final class Tokens {
    /** Compared with when the id is unknown, so that it costs the same as a wrong token. */
    private static final String NOBODY = Secrets.hash("nobody");

    private static final String ADD = """
            with added as (
                insert into token (id, hash, role, scope, name, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7) returning id)
            insert into audit (at, who, remote, what, subject, result)
            select $6, $8, '-', 'token.add', id, 'ok' from added
            """;
    private static final String REVOKE = """
            with revoked as (
                update token set revoked_at = $2 where id = $1 and revoked_at is null returning id)
            insert into audit (at, who, remote, what, subject, result)
            select $2, $3, '-', 'token.revoke', id, 'ok' from revoked
            """;
    private static final String BY_HASH = """
            select id, role, scope, name, created_at, expires_at, revoked_at from token
            where hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
            """;
    private static final String LIST =
            "select id, role, scope, name, created_at, expires_at, revoked_at from token order by created_at, id";

    private final SqlClient sql;

    Tokens(SqlClient sql) {
        this.sql = sql;
    }

    Future<String> add(Role role, String scope, int days, String name, Instant now, String who) {
        String secret = Secrets.create();
        Instant expiresAt = days == 0 ? null : now.plus(Duration.ofDays(days));
        return sql.preparedQuery(ADD)
                .execute(Tuple.of(
                        Secrets.createId(),
                        Secrets.hash(secret),
                        role.id(),
                        scope,
                        name,
                        utc(now),
                        expiresAt == null ? null : utc(expiresAt),
                        who))
                .map(rows -> secret);
    }

    Future<Boolean> revoke(String id, Instant now, String who) {
        return sql.preparedQuery(REVOKE).execute(Tuple.of(id, utc(now), who)).map(rows -> rows.rowCount() == 1);
    }

    Future<List<Token>> list() {
        return sql.preparedQuery(LIST).execute().map(rows -> {
            List<Token> tokens = new ArrayList<>();
            rows.forEach(row -> tokens.add(token(row)));
            return List.copyOf(tokens);
        });
    }

    /** Finds a token that is good now. */
    Future<Optional<Token>> find(String secret, Instant now) {
        return sql.preparedQuery(BY_HASH)
                .execute(Tuple.of(Secrets.hash(secret), utc(now)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(token(rows.iterator().next())));
    }

    /** Finds the device whose id and token these are. */
    Future<Optional<Caller.Device>> device(String id, String secret) {
        String presented = Secrets.hash(secret);
        return sql.preparedQuery("select token_hash from device where id = $1 and revoked_at is null")
                .execute(Tuple.of(id))
                .map(rows -> {
                    String stored =
                            rows.size() == 0 ? null : rows.iterator().next().getString("token_hash");
                    boolean isSame = Secrets.isSame(stored == null ? NOBODY : stored, presented);
                    return isSame && stored != null ? Optional.of(new Caller.Device(id)) : Optional.empty();
                });
    }

    /** Finds the device that has this token. */
    Future<Optional<Caller.Device>> device(String secret) {
        return sql.preparedQuery("select id from device where token_hash = $1 and revoked_at is null")
                .execute(Tuple.of(Secrets.hash(secret)))
                .map(rows -> rows.size() == 1
                        ? Optional.of(new Caller.Device(rows.iterator().next().getString("id")))
                        : Optional.empty());
    }

    static Token token(Row row) {
        String role = row.getString("role");
        return new Token(
                row.getString("id"),
                Role.ofId(role).orElseThrow(() -> new IllegalStateException("role " + role)),
                row.getString("scope"),
                row.getString("name"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
