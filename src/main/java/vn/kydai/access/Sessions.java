package vn.kydai.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code session}. A person's session ends when it was not used for a while; a wall's lasts as long as its
 * token, since nobody signs a wall in again at night.
 */
final class Sessions {
    /** The end of a session in use is moved at most so many times per idle time. */
    private static final int SLIDES_PER_IDLE_TIME = 10;

    private static final int MAX_PER_TOKEN = 1_000;
    private static final int MAX_PER_PERSON = 100;

    private static final String OPEN = """
            with gone as (
                delete from session where expires_at <= $3 or hash in (
                    select hash from session where token = $2 order by created_at desc offset %d)),
            opened as (
                insert into session (hash, token, created_at, expires_at) values ($1, $2, $3, $4) returning token)
            insert into audit (at, who, remote, what, subject, result)
            select $3, $5, $6, 'session.open', token, 'ok' from opened
            """.formatted(MAX_PER_TOKEN - 1);
    private static final String OPEN_PERSON = """
            with gone as (
                delete from session where expires_at <= $3 or hash in (
                    select hash from session where account = $2 order by created_at desc offset %d)),
            opened as (
                insert into session (hash, account, created_at, expires_at) values ($1, $2, $3, $4) returning account)
            insert into audit (at, who, remote, what, subject, result)
            select $3, $2, $5, 'session.open', account, 'ok' from opened
            """.formatted(MAX_PER_PERSON - 1);
    private static final String FIND = """
            select coalesce(t.name, a.name) as name, coalesce(t.role, a.role) as role,
                coalesce(t.scope, a.scope) as scope, a.display, t.expires_at, s.expires_at as until
            from session s left join token t on t.id = s.token left join account a on a.name = s.account
            where s.hash = $1 and (s.expires_at is null or s.expires_at > $2)
                and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2) and a.disabled_at is null
            """;
    private static final String END = """
            with ended as (delete from session where hash = $1 returning token, account)
            insert into audit (at, who, remote, what, subject, result)
            select $2, coalesce(e.account, t.name), $3, 'session.end', coalesce(e.account, e.token), 'ok'
            from ended e left join token t on t.id = e.token
            """;
    private static final String SLIDE = "update session set expires_at = $2 where hash = $1 and expires_at < $2";

    private final SqlClient sql;
    private final Duration idle;

    Sessions(SqlClient sql, Duration idle) {
        this.sql = sql;
        this.idle = idle;
    }

    /** A session found. */
    record Found(Caller.Viewer viewer, @Nullable Instant until) {}

    Future<Session> open(Token token, String remote, Instant now) {
        String secret = Secrets.create();
        boolean isWall = token.role() == Role.WALL;
        OffsetDateTime expiresAt = isWall ? null : Tokens.utc(now.plus(idle));
        return sql.preparedQuery(OPEN)
                .execute(Tuple.of(Secrets.hash(secret), token.id(), Tokens.utc(now), expiresAt, token.name(), remote))
                .map(rows -> new Session(secret, token.viewer(), left(token.expiresAt(), now)));
    }

    Future<Session> open(Account account, String remote, Instant now) {
        String secret = Secrets.create();
        return sql.preparedQuery(OPEN_PERSON)
                .execute(Tuple.of(
                        Secrets.hash(secret), account.name(), Tokens.utc(now), Tokens.utc(now.plus(idle)), remote))
                .map(rows -> new Session(secret, account.viewer(), null));
    }

    Future<Optional<Found>> find(String secret, Instant now) {
        String hash = Secrets.hash(secret);
        return sql.preparedQuery(FIND).execute(Tuple.of(hash, Tokens.utc(now))).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture(Optional.empty());
            }
            var row = rows.iterator().next();
            String role = row.getString("role");
            Caller.Viewer viewer = new Caller.Viewer(
                    row.getString("name"),
                    Role.ofId(role).orElseThrow(() -> new IllegalStateException("role " + role)),
                    row.getString("scope"),
                    row.getString("display"));
            Instant expiresAt = Tokens.instant(row.getOffsetDateTime("expires_at"));
            return slide(hash, Tokens.instant(row.getOffsetDateTime("until")), now)
                    .map(moved -> Optional.of(new Found(viewer, earlier(moved, expiresAt))));
        });
    }

    Future<Void> end(String secret, String remote, Instant now) {
        return sql.preparedQuery(END)
                .execute(Tuple.of(Secrets.hash(secret), Tokens.utc(now), remote))
                .mapEmpty();
    }

    private Future<@Nullable Instant> slide(String hash, @Nullable Instant until, Instant now) {
        Instant moved = now.plus(idle);
        if (until == null || moved.isBefore(until.plus(idle.dividedBy(SLIDES_PER_IDLE_TIME)))) {
            return Future.succeededFuture(until);
        }
        return sql.preparedQuery(SLIDE)
                .execute(Tuple.of(hash, Tokens.utc(moved)))
                .map(rows -> moved);
    }

    private static @Nullable Duration left(@Nullable Instant until, Instant now) {
        return until == null ? null : Duration.between(now, until);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
