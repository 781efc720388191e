package vn.kydai.access;

import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.meter.Meters;

/**
 * Hashes and checks passwords with Argon2id, slowly by design, on threads of its own: at most two at a time, so that
 * nobody who tries passwords takes the machine from the wall. Any thread. Its threads end by themselves when idle.
 */
final class Passwords {
    /** The shortest password. */
    static final int MIN_CHARS = 12;

    /** The longest, so that reading it stays cheap. */
    static final int MAX_CHARS = 128;

    /** 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. docs/adr/0019 has the time it takes. */
    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;

    /** Hashing that may wait; what comes then is refused. */
    private static final int MAX_WAITING = 64;

    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "5");

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("kydai-passwords-", 0).daemon().factory());
    private final Timer time;

    /** Where there is no account the presented password is checked against this, so that it costs the same. */
    private final Supplier<String> nobody = new Supplier<>() {
        private @Nullable String hash;

        @Override
        public synchronized String get() {
            String known = hash == null ? hashed(Secrets.create()) : hash;
            hash = known;
            return known;
        }
    };

    Passwords(MeterRegistry registry) {
        threads.allowCoreThreadTimeOut(true);
        Meters meters = new Meters(registry, "access");
        time = meters.timer("password", "hashing or checking one password, without waiting for its turn");
        meters.gauge(
                "waiting",
                "passwords",
                "passwords waiting to be hashed or checked",
                () -> threads.getQueue().size());
        meters.gauge("limit", "passwords", "bound of passwords waiting", () -> MAX_WAITING);
    }

    /** Fails with a {@link Problem} 503 while too many wait: an attempt nobody would look at must not count as one. */
    Future<Void> ready() {
        return threads.getQueue().remainingCapacity() == 0 ? Future.failedFuture(busy()) : Future.succeededFuture();
    }

    /** Hashes a password; fails with a {@link Problem} 503 when too many wait. */
    Future<String> hash(String password) {
        return run(() -> hashed(password));
    }

    /**
     * Checks a password.
     *
     * @param hash absent where there is no account: takes as long, and is false
     * @return fails with a {@link Problem} 503 when too many wait
     */
    Future<Boolean> check(String password, @Nullable String hash) {
        return run(() -> {
            boolean isSame = Password.check(normal(password), hash == null ? nobody.get() : hash)
                    .with(ARGON2ID);
            return isSame && hash != null;
        });
    }

    /** Returns why a password may not be chosen, if it may not. */
    static @Nullable String weakness(String password, String user) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_CHARS || length > MAX_CHARS) {
            return MIN_CHARS + " to " + MAX_CHARS + " characters are allowed";
        }
        return normal(password).toLowerCase(Locale.ROOT).contains(user)
                ? "one that holds the user name is not allowed"
                : null;
    }

    private static String hashed(String password) {
        Hash hash = Password.hash(normal(password)).addRandomSalt(SALT_BYTES).with(ARGON2ID);
        return hash.getResult();
    }

    /** The same text whatever keyboard wrote its diacritics: composed or decomposed. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> Future<T> run(Supplier<T> work) {
        Promise<T> promise = Promise.promise();
        Context context = Vertx.currentContext();
        try {
            threads.execute(() -> finish(promise, context, work));
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(busy());
        }
        return promise.future();
    }

    private static Problem busy() {
        return new Problem(503, "too many are signing in just now; try again", RETRY_SOON);
    }

    /** Goes back to where it was asked, if that is an event loop. */
    private <T> void finish(Promise<T> promise, @Nullable Context context, Supplier<T> work) {
        Future<T> done;
        try {
            done = Future.succeededFuture(time.record(work));
        } catch (RuntimeException | Error e) {
            done = Future.failedFuture(e);
        }
        Future<T> result = done;
        if (context == null) {
            result.onComplete(promise);
        } else {
            context.runOnContext(back -> result.onComplete(promise));
        }
    }
}
