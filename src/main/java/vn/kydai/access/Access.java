package vn.kydai.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. Every method may be called from any thread. A failed future means that the database does not
 * answer; a credential that is not good is an empty result. Whoever signed in lately is remembered for
 * {@link RecentSignIns#FRESH}, so a revocation by another process is seen within that; what was refused lately, for
 * {@link RecentRefusals#FRESH}.
 */
public final class Access {
    private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-Za-z_.-]{1,64}");
    private final InstantSource clock;
    private final SignInLog log;
    private final Tokens tokens;
    private final Sessions sessions;
    private final People people;
    private final RecentSignIns recent = new RecentSignIns();
    private final RecentRefusals refusals = new RecentRefusals();

    /**
     * Wires it.
     *
     * @param sql pool of the product's database, migrated
     * @param sessionMinutes how long a person's session lasts without use
     */
    public Access(SqlClient sql, InstantSource clock, int sessionMinutes, MeterRegistry registry) {
        this.clock = clock;
        this.log = new SignInLog(sql, registry);
        this.tokens = new Tokens(sql);
        this.sessions = new Sessions(sql, Duration.ofMinutes(sessionMinutes));
        this.people = new People(new Accounts(sql), new Passwords(registry), sessions, recent, log, clock);
    }

    /** Returns the people who may come in. */
    public People people() {
        return people;
    }

    /**
     * Signs somebody in who comes from outside: counted, and failures audited, so many a minute and address. A good
     * credential is let in however often its address has failed: many share one, and a token cannot be guessed.
     *
     * @param remote address of the peer, without its port
     * @return empty when the credential is not good
     */
    public Future<Optional<Caller>> signIn(Credential credential, String remote) {
        Instant now = clock.instant();
        String key = credential.key();
        Optional<Caller> fresh = recent.fresh(key, now);
        if (fresh.isPresent()) {
            return Future.succeededFuture(fresh);
        }
        return check(credential).compose(found -> {
            log.count(credential.way(), found.isPresent() ? "ok" : "refused");
            return found.isPresent() ? Future.succeededFuture(found) : refused(credential, remote, now);
        });
    }

    /** Checks a device's id and token. An unknown id costs the same as a wrong token. */
    public Future<Optional<Caller.Device>> device(String id, String token) {
        return check(new Credential.Basic(id, token))
                .map(found -> found.map(caller -> caller instanceof Caller.Device device ? device : null));
    }

    /** Counts a device's sign-in by MQTT, and audits a failure, like {@link #signIn}. */
    public Future<Void> noteDevice(String id, String remote, boolean isGood) {
        log.count("mqtt", isGood ? "ok" : "refused");
        return isGood
                ? Future.succeededFuture()
                : log.note(clock.instant(), DEVICE_ID.matcher(id).matches() ? id : "-", remote, "mqtt", "refused");
    }

    /** Checks a token alone: a viewer's, or a device's. */
    public Future<Optional<Caller>> bearer(String token) {
        return check(new Credential.Bearer(token));
    }

    /** Checks a session's cookie, and notes that it is in use. */
    public Future<Optional<Caller>> session(String cookie) {
        return check(new Credential.Cookie(cookie));
    }

    /** Opens a session for a viewer's token; empty for any other. Audited like {@link #signIn}. */
    public Future<Optional<Session>> openSession(String token, String remote) {
        Instant now = clock.instant();
        String key = "session:" + Secrets.hash(token);
        Future<Optional<Token>> known = refusals.isFresh(key, now)
                ? Future.succeededFuture(Optional.empty())
                : tokens.find(token, now).onSuccess(found -> remember(key, found.isPresent(), now));
        return known.compose(found -> {
            log.count("session", found.isPresent() ? "ok" : "refused");
            return found.isPresent()
                    ? sessions.open(found.get(), remote, now).map(Optional::of)
                    : refused(new Credential.Bearer(token), remote, now);
        });
    }

    /** Ends a session; one that is not there has ended already. */
    public Future<Void> endSession(String cookie, String remote) {
        return sessions.end(cookie, remote, clock.instant())
                .onSuccess(ended -> recent.forget(new Credential.Cookie(cookie).key()));
    }

    /**
     * Adds a token.
     *
     * @param days how long it is good; 0 = until revoked
     * @param name of the person, screen or script, for the audit log
     * @param who adds it, for the audit log
     * @return its secret, kept nowhere
     */
    public Future<String> addToken(Role role, String scope, int days, String name, Instant now, String who) {
        return tokens.add(role, scope, days, name, now, who);
    }

    /** Returns all tokens, revoked ones too, oldest first. */
    public Future<List<Token>> listTokens() {
        return tokens.list();
    }

    /** Revokes a token, and with it its sessions; false when there is no such token or it was revoked before. */
    public Future<Boolean> revokeToken(String id, Instant now, String who) {
        return tokens.revoke(id, now, who).onSuccess(revoked -> recent.clear());
    }

    private Future<Optional<Caller>> check(Credential credential) {
        Instant now = clock.instant();
        String key = credential.key();
        Optional<Caller> fresh = recent.fresh(key, now);
        if (fresh.isPresent() || refusals.isFresh(key, now)) {
            return Future.succeededFuture(fresh);
        }
        return lookUp(credential, key, now).onSuccess(found -> remember(key, found.isPresent(), now));
    }

    private void remember(String key, boolean isGood, Instant now) {
        if (isGood) {
            refusals.forget(key);
        } else {
            refusals.put(key, now);
        }
    }

    private Future<Optional<Caller>> lookUp(Credential credential, String key, Instant now) {
        Future<Optional<Found>> found = switch (credential) {
            case Credential.Basic basic -> deviceById(basic);
            case Credential.Bearer bearer -> byToken(bearer.secret(), now);
            case Credential.Cookie cookie ->
                sessions.find(cookie.secret(), now)
                        .map(session -> session.map(it -> new Found(it.viewer(), it.until())));
        };
        return found.map(good -> {
            good.ifPresentOrElse(it -> recent.put(key, it.caller(), now, it.until()), () -> recent.forget(key));
            return good.map(Found::caller);
        });
    }

    private Future<Optional<Found>> deviceById(Credential.Basic basic) {
        return DEVICE_ID.matcher(basic.id()).matches()
                ? tokens.device(basic.id(), basic.secret()).map(device -> device.map(it -> new Found(it, null)))
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<Found>> byToken(String secret, Instant now) {
        return tokens.find(secret, now)
                .compose(token -> token.isPresent()
                        ? Future.succeededFuture(token.map(it -> new Found(it.viewer(), it.expiresAt())))
                        : tokens.device(secret).map(device -> device.map(it -> new Found(it, null))));
    }

    private <T> Future<Optional<T>> refused(Credential credential, String remote, Instant now) {
        String who = credential instanceof Credential.Basic basic
                        && DEVICE_ID.matcher(basic.id()).matches()
                ? basic.id()
                : "-";
        return log.note(now, who, remote, credential.way(), "refused").map(noted -> Optional.empty());
    }

    private record Found(Caller caller, @Nullable Instant until) {}
}
