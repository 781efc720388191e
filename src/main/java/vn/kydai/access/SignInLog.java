package vn.kydai.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/** Counts sign-ins, and notes in the audit log those that failed: so many a minute and address. Any thread. */
final class SignInLog {
    private static final int AUDITED_PER_ADDRESS = 30;

    /** Whatever the number of addresses: the log must not be a way to fill the disk. */
    private static final int AUDITED_PER_MINUTE = 300;

    private static final Label WAY = Label.of("way", "basic", "bearer", "cookie", "session", "password", "mqtt");
    private static final Label RESULT = Label.of("result", "ok", "refused", "locked");

    private final AuditLog audit;
    private final Counters signIns;
    private final FailureLimit byAddress = new FailureLimit(AUDITED_PER_ADDRESS);
    private final FailureLimit all = new FailureLimit(AUDITED_PER_MINUTE);

    SignInLog(SqlClient sql, MeterRegistry registry) {
        this.audit = new AuditLog(sql);
        this.signIns = new Meters(registry, "access")
                .counters(
                        "signins",
                        "",
                        "sign-ins over HTTP and MQTT that were not remembered from a moment ago",
                        WAY,
                        RESULT);
    }

    void count(String way, String result) {
        signIns.of(way, result).increment();
    }

    /**
     * Notes a failure.
     *
     * @param who id of the device or name of the account, {@code -} where neither is known
     * @param way in which somebody tried to sign in
     */
    Future<Void> note(Instant now, String who, String remote, String way, String result) {
        return byAddress.count(Network.of(remote), now) && all.count("", now)
                ? audit.add(now, who, remote, "sign-in", way, result)
                : Future.succeededFuture();
    }
}
