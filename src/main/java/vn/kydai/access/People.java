package vn.kydai.access;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Accounts.Doer;
import vn.kydai.access.Accounts.Secret;
import vn.kydai.access.SignInResult.Locked;
import vn.kydai.access.SignInResult.Opened;
import vn.kydai.access.SignInResult.Refused;

/**
 * People: their accounts, and signing in with a password. Every method may be called from any thread; a failed future
 * means that the database does not answer, or a {@link Problem}. Whatever ends what a person may do ends the sessions;
 * another process sees that within {@link RecentSignIns#FRESH}.
 *
 * <p>Against guessing: each account is locked after some failures, for longer with each one, at most a quarter of an hour;
 * so is each address. A browser the person has signed in with before is spared both, with a bound of its own, so that
 * nobody who knows a user name can keep its person out.
 */
public final class People {
    private static final String WAY = "password";
    private static final int FREE_OF_ADDRESS = 20;
    private static final int FREE_OF_BROWSER = 10;

    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final RecentSignIns recent;
    private final SignInLog log;
    private final InstantSource clock;
    private final LockOut addresses = new LockOut(FREE_OF_ADDRESS);

    /** Addresses that are locked and from which a browser that may be spared is just being looked up, one at a time. */
    private final Set<String> spared = ConcurrentHashMap.newKeySet();

    private final LockOut browsers = new LockOut(FREE_OF_BROWSER);

    /** Names without an account lock like the others, so that nobody learns which there are. */
    private final LockOut strangers = new LockOut(Accounts.FREE_FAILURES);

    People(
            Accounts accounts,
            Passwords passwords,
            Sessions sessions,
            RecentSignIns recent,
            SignInLog log,
            InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.recent = recent;
        this.log = log;
        this.clock = clock;
    }

    /** Returns all accounts, disabled ones too, by name. */
    public Future<List<Account>> list() {
        return accounts.list();
    }

    /** Finds an account. */
    public Future<Optional<Account>> find(String name) {
        return accounts.find(name).map(found -> found.map(Secret::account));
    }

    /**
     * Adds an account.
     *
     * @param who adds it, for the audit log
     * @param remote address of the peer, {@code -} on the command line
     * @return its first password, kept nowhere; empty when the name is taken
     */
    public Future<Optional<String>> add(Account.Terms terms, String who, String remote) {
        String password = Secrets.createPassword();
        return passwords
                .hash(password)
                .compose(hash -> accounts.add(terms, hash, doer(who, remote)))
                .map(isAdded -> isAdded ? Optional.of(password) : Optional.empty());
    }

    /**
     * Changes what a person may do, or how the person is shown. Ends the person's sessions unless only the latter.
     *
     * @param before the account as it was looked at
     * @return the account afterwards; fails with a {@link Problem} 409 when somebody else changed it meanwhile
     */
    public Future<Account> change(Account before, Account.Terms terms, boolean isDisabled, String who, String remote) {
        Doer doer = doer(who, remote);
        Instant since = before.disabledAt() == null ? doer.at() : before.disabledAt();
        Account after = before.with(terms, doer.at(), isDisabled ? since : null);
        return accounts.change(before, after, doer).map(isDone -> {
            recent.clear();
            if (!isDone) {
                throw new Problem(409, "the account " + before.name() + " was changed meanwhile; look at it again");
            }
            return after;
        });
    }

    /** Gives an account a new first password and ends its sessions; empty when there is no such account. */
    public Future<Optional<String>> reset(String name, String who, String remote) {
        String password = Secrets.createPassword();
        return passwords
                .hash(password)
                .compose(hash -> accounts.reset(name, hash, doer(who, remote)))
                .map(isDone -> {
                    recent.clear();
                    return isDone ? Optional.of(password) : Optional.empty();
                });
    }

    /**
     * Opens a session for a person.
     *
     * @param browser what {@link Opened} had told this browser to keep, if it kept it
     * @param remote address of the peer, without its port
     */
    public Future<SignInResult> signIn(String user, String password, @Nullable String browser, String remote) {
        Instant now = clock.instant();
        return verified(user, password, browser, remote, now).compose(verdict -> switch (verdict) {
            case Good good -> opened(good.account(), browser, remote, now);
            case Bad bad -> Future.succeededFuture(new Refused());
            case Late late -> Future.succeededFuture(new Locked(Duration.between(now, late.until())));
        });
    }

    /**
     * Gives a person the password of their choice, and ends the person's other sessions.
     *
     * @param session secret of the session the person is in
     * @return fails with a {@link Problem}: 400 not a good one, 403 the old one is wrong, 429 too many failures
     */
    public Future<Void> choosePassword(String user, String old, String chosen, String session, String remote) {
        String weakness = Passwords.weakness(chosen, user);
        if (weakness != null) {
            return Future.failedFuture(new Problem(400, "new: " + weakness));
        }
        Instant now = clock.instant();
        return verified(user, old, null, remote, now)
                .compose(verdict -> switch (verdict) {
                    case Good good -> passwords.hash(chosen);
                    case Bad bad -> Future.failedFuture(new Problem(403, "old: this is not the password"));
                    case Late late -> Future.failedFuture(tooMany(Duration.between(now, late.until())));
                })
                .compose(hash -> accounts.choose(user, hash, Secrets.hash(session), doer(user, remote)))
                .onSuccess(isDone -> {
                    recent.clear();
                    addresses.forgive(Network.of(remote));
                })
                .mapEmpty();
    }

    /** Returns the answer to who tried too often. */
    public static Problem tooMany(Duration left) {
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return new Problem(
                429,
                "too many failed attempts; the next one is allowed in " + seconds + " s",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private sealed interface Verdict {}

    private record Good(Account account) implements Verdict {}

    private record Bad() implements Verdict {}

    private record Late(Instant until) implements Verdict {}

    private Future<Verdict> verified(
            String user, String password, @Nullable String browser, String remote, Instant now) {
        // Who guesses on from an address that is locked takes no connection that others sign in by.
        String address = Network.of(remote);
        Optional<Instant> shut = addresses.until(address, now);
        if (shut.isPresent() && (browser == null || !spared.add(address))) {
            return locked(shut.get());
        }
        return looked(user, password, browser, remote, now).onComplete(done -> {
            if (shut.isPresent()) {
                spared.remove(address);
            }
        });
    }

    private Future<Verdict> looked(String user, String password, @Nullable String browser, String remote, Instant now) {
        return passwords.ready().compose(ready -> accounts.find(user)).compose(found -> {
            String known = browser == null ? "" : Secrets.hash(browser);
            boolean isSpared = found.isPresent() && found.get().browsers().contains(known);
            Future<Attempt> attempt = isSpared
                    ? Future.succeededFuture(new Attempt(browsers.attempt(known, now), false))
                    : attempt(user, found, remote, now);
            return attempt.compose(taken -> taken.lockedUntil().isPresent()
                    ? locked(taken.lockedUntil().get())
                    : verified(found, password, taken, remote, now));
        });
    }

    /**
     * An attempt that was asked for.
     *
     * @param lockedUntil if present it is not allowed
     * @param isLocking whether the account is locked if it fails
     */
    private record Attempt(Optional<Instant> lockedUntil, boolean isLocking) {}

    private Future<Attempt> attempt(String user, Optional<Secret> found, String remote, Instant now) {
        Optional<Instant> byAddress = addresses.attempt(Network.of(remote), now);
        if (byAddress.isPresent()) {
            return Future.succeededFuture(new Attempt(byAddress, false));
        }
        // The same statements whether or not there is an account: neither answers sooner.
        return accounts.attempt(user, now).compose(taken -> {
            if (taken.isPresent()) {
                return Future.succeededFuture(
                        new Attempt(Optional.empty(), taken.get().isAfter(now)));
            }
            return found.isPresent()
                    ? accounts.find(user)
                            .map(again -> new Attempt(
                                    again.flatMap(Secret::lock).or(() -> Optional.of(now.plusSeconds(1))), false))
                    : Future.succeededFuture(new Attempt(strangers.attempt(Secrets.hash(user), now), false));
        });
    }

    private Future<Verdict> locked(Instant until) {
        log.count(WAY, "locked");
        return Future.succeededFuture(new Late(until));
    }

    private Future<Verdict> verified(
            Optional<Secret> found, String password, Attempt attempt, String remote, Instant now) {
        String hash = found.map(Secret::hash).orElse(null);
        return passwords.check(password, hash).compose(isSame -> {
            if (isSame && found.isPresent() && found.get().account().disabledAt() == null) {
                log.count(WAY, "ok");
                return Future.succeededFuture(new Good(found.get().account()));
            }
            log.count(WAY, "refused");
            String who = found.map(secret -> secret.account().name()).orElse("-");
            return log.note(now, who, remote, WAY, attempt.isLocking() ? "locked" : "refused")
                    .map(noted -> new Bad());
        });
    }

    private Future<SignInResult> opened(Account account, @Nullable String browser, String remote, Instant now) {
        String kept = browser == null ? Secrets.create() : browser;
        addresses.forgive(remote);
        browsers.forgive(Secrets.hash(kept));
        return accounts.succeeded(account.name(), Secrets.hash(kept))
                .compose(done -> sessions.open(account, remote, now))
                .map(session -> new Opened(session, kept));
    }

    private Doer doer(String who, String remote) {
        return new Doer(who, remote, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
