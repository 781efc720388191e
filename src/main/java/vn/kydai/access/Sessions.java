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

    private static final String OPEN = """
            with gone as (
                delete from session where expires_at <= $3 or hash in (
                    select hash from session where token = $2 order by created_at desc offset %d)),
            opened as (
                insert into session (hash, token, created_at, expires_at) values ($1, $2, $3, $4) returning token)
            insert into audit (at, who, remote, what, subject, result)
            select $3, $5, $6, 'session.open', token, 'ok' from opened
            """.formatted(MAX_PER_TOKEN - 1);
    private static final String FIND = """
            select t.id, t.role, t.scope, t.name, t.created_at, t.expires_at, t.revoked_at, s.expires_at as until
            from session s join token t on t.id = s.token
            where s.hash = $1 and (s.expires_at is null or s.expires_at > $2)
                and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)
            """;
    private static final String END = """
            with ended as (delete from session s using token t where s.hash = $1 and t.id = s.token returning t.id, t.name)
            insert into audit (at, who, remote, what, subject, result)
            select $2, name, $3, 'session.end', id, 'ok' from ended
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

    Future<Optional<Found>> find(String secret, Instant now) {
        String hash = Secrets.hash(secret);
        return sql.preparedQuery(FIND).execute(Tuple.of(hash, Tokens.utc(now))).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture(Optional.empty());
            }
            var row = rows.iterator().next();
            Token token = Tokens.token(row);
            Instant until = Tokens.instant(row.getOffsetDateTime("until"));
            return slide(hash, until, now)
                    .map(moved -> Optional.of(new Found(token.viewer(), earlier(moved, token.expiresAt()))));
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
