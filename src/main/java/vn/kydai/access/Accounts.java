package vn.kydai.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code account}. A change, the end of the sessions it ends and its audit row commit together. Any thread.
 */
final class Accounts {
    /** The failure from which on a person is locked out for a while. */
    static final int FREE_FAILURES = 5;

    private static final int MAX_BROWSERS = 8;

    /** Seconds locked after the first, second … failure; the last one stays. */
    private static final Integer[] LOCKS = IntStream.rangeClosed(1, 2 * FREE_FAILURES)
            .mapToObj(failures -> (int) LockOut.after(failures, FREE_FAILURES).toSeconds())
            .toArray(Integer[]::new);

    private static final String COLUMNS = "name, display, role, scope, created_at, changed_at, disabled_at";
    private static final String AUDIT = "insert into audit (at, who, remote, what, subject, result) ";
    private static final String ADD = """
            with added as (
                insert into account (name, hash, display, role, scope, created_at, changed_at)
                values ($1, $2, $3, $4, $5, $6, $6) on conflict do nothing returning name)
            """ + AUDIT + "select $6, $7, $8, 'user.add', name, 'ok' from added";
    private static final String CHANGE = """
            with changed as (
                update account set display = $2, role = $3, scope = $4, disabled_at = $5, changed_at = $6
                where name = $1 and changed_at = $7 returning name),
            ended as (delete from session s using changed c where s.account = c.name and $8)
            """ + AUDIT + "select $6, $9, $10, $11, name, 'ok' from changed";
    private static final String SET_PASSWORD = """
            with changed as (
                update account set hash = $2, changed_at = $3, failures = 0, failed_at = null, locked_until = null,
                    browsers = case when $4 then '{}' else browsers end
                where name = $1 returning name),
            ended as (delete from session s using changed c where s.account = c.name and s.hash <> $5)
            """ + AUDIT + "select $3, $6, $7, $8, name, 'ok' from changed";
    private static final String ATTEMPT = """
            update account set failed_at = $2,
                failures = case when failed_at > $3 then failures + 1 else 1 end,
                locked_until = $2::timestamptz + make_interval(secs => ($4::int[])[
                    least(case when failed_at > $3 then failures + 1 else 1 end, cardinality($4::int[]))])
            where name = $1 and (locked_until is null or locked_until <= $2)
            returning locked_until
            """;
    private static final String SUCCEEDED = """
            update account set failures = 0, failed_at = null, locked_until = null,
                browsers = (array_prepend($2::text, array_remove(browsers, $2::text)))[1:%d]
            where name = $1
            """.formatted(MAX_BROWSERS);

    private final SqlClient sql;

    Accounts(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * An account with what is not listed.
     *
     * @param hash of the password
     * @param browsers hashes of what the browsers keep that the person signed in with
     */
    record Secret(
            Account account,
            String hash,
            List<String> browsers,
            @Nullable Instant lockedUntil) {
        Secret {
            browsers = List.copyOf(browsers);
        }

        Optional<Instant> lock() {
            return Optional.ofNullable(lockedUntil);
        }
    }

    /**
     * Who does something, for the audit log.
     *
     * @param remote address of the peer, {@code -} on the command line
     */
    record Doer(String name, String remote, Instant at) {}

    /** Adds an account; false when the name is taken. */
    Future<Boolean> add(Account.Terms terms, String hash, Doer doer) {
        return sql.preparedQuery(ADD)
                .execute(Tuple.of(
                        terms.name(),
                        hash,
                        terms.display(),
                        terms.role().id(),
                        terms.scope(),
                        Tokens.utc(doer.at),
                        doer.name,
                        doer.remote))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<List<Account>> list() {
        return sql.query("select " + COLUMNS + " from account order by name")
                .execute()
                .map(rows -> {
                    List<Account> accounts = new ArrayList<>();
                    rows.forEach(row -> accounts.add(account(row)));
                    return List.copyOf(accounts);
                });
    }

    Future<Optional<Secret>> find(String name) {
        return sql.preparedQuery("select " + COLUMNS + ", hash, browsers, locked_until from account where name = $1")
                .execute(Tuple.of(name))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(secret(rows.iterator().next())));
    }

    /**
     * Changes an account, and ends its sessions where that changes what the person may do.
     *
     * @return false when it was changed meanwhile, or is gone
     */
    Future<Boolean> change(Account before, Account after, Doer doer) {
        boolean isEnding =
                before.role() != after.role() || !before.scope().equals(after.scope()) || after.disabledAt() != null;
        Instant disabledAt = after.disabledAt();
        return sql.preparedQuery(CHANGE)
                .execute(Tuple.of(
                                before.name(),
                                after.display(),
                                after.role().id(),
                                after.scope(),
                                disabledAt == null ? null : Tokens.utc(disabledAt),
                                Tokens.utc(doer.at))
                        .addValue(Tokens.utc(before.changedAt()))
                        .addValue(isEnding)
                        .addValue(doer.name)
                        .addValue(doer.remote)
                        .addValue(deed(before, after)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Gives an account another password, forgets its failures and browsers, and ends its sessions; false when unknown. */
    Future<Boolean> reset(String name, String hash, Doer doer) {
        return setPassword(name, hash, true, "", "user.reset", doer);
    }

    /** Gives an account the password its person chose, and ends all sessions but the one that person is in. */
    Future<Boolean> choose(String name, String hash, String keptSession, Doer doer) {
        return setPassword(name, hash, false, keptSession, "user.password", doer);
    }

    private Future<Boolean> setPassword(
            String name, String hash, boolean isReset, String keptSession, String what, Doer doer) {
        return sql.preparedQuery(SET_PASSWORD)
                .execute(Tuple.of(name, hash, Tokens.utc(doer.at), isReset, keptSession, doer.name)
                        .addValue(doer.remote)
                        .addValue(what))
                .map(rows -> rows.rowCount() == 1);
    }

    /**
     * Takes one attempt to sign in: counted as a failure until {@link #succeeded} says otherwise, so that many at once
     * are not free. Empty when the account is locked, or there is none; else until when it is locked from now on.
     */
    Future<Optional<Instant>> attempt(String name, Instant now) {
        return sql.preparedQuery(ATTEMPT)
                .execute(Tuple.of(name, Tokens.utc(now), Tokens.utc(now.minus(LockOut.MEMORY)), LOCKS))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.ofNullable(
                                Tokens.instant(rows.iterator().next().getOffsetDateTime("locked_until"))));
    }

    /** Forgets an account's failures, and remembers the browser. */
    Future<Void> succeeded(String name, String browser) {
        return sql.preparedQuery(SUCCEEDED).execute(Tuple.of(name, browser)).mapEmpty();
    }

    private static String deed(Account before, Account after) {
        if ((before.disabledAt() == null) == (after.disabledAt() == null)) {
            return "user.change";
        }
        return after.disabledAt() == null ? "user.enable" : "user.disable";
    }

    private static Secret secret(Row row) {
        return new Secret(
                account(row),
                row.getString("hash"),
                List.of(row.getArrayOfStrings("browsers")),
                Tokens.instant(row.getOffsetDateTime("locked_until")));
    }

    private static Account account(Row row) {
        String role = row.getString("role");
        return new Account(
                row.getString("name"),
                row.getString("display"),
                Role.ofId(role).orElseThrow(() -> new IllegalStateException("role " + role)),
                row.getString("scope"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("changed_at").toInstant(),
                Tokens.instant(row.getOffsetDateTime("disabled_at")));
    }
}
