package vn.kydai.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import vn.kydai.bench.load.Fleet;

/** Registers the fleet and the viewers at once, as so many {@code device add} and {@code token add} would. */
final class Registration {
    private static final String HASH = "encode(sha256(convert_to(?, 'UTF8')), 'hex')";
    private static final String DEVICE = "insert into device (id, kind, behind, metrics, token_hash, created_at)"
            + " values (?, ?, ?, ?::jsonb, " + HASH + ", now())";
    private static final String AREA = "insert into registration (device, area) values (?, ?)";
    private static final String TOKEN = "insert into token (id, hash, role, scope, name, created_at)" + " values (?, "
            + HASH + ", ?, ?, 'bench', now())";

    private final Connection sql;

    Registration(Connection sql) {
        this.sql = sql;
    }

    void register(Fleet fleet, Site.Tokens tokens) throws SQLException {
        sql.setAutoCommit(false);
        try (PreparedStatement device = sql.prepareStatement(DEVICE);
                PreparedStatement area = sql.prepareStatement(AREA);
                PreparedStatement token = sql.prepareStatement(TOKEN)) {
            for (Fleet.Member member : fleet.all()) {
                add(device, member.id(), member.kind(), member.behind(), metrics(member.meter()), member.token());
                add(area, member.id(), member.area());
            }
            add(token, "bench-wall", tokens.wall(), "wall", tokens.scope());
            add(token, "bench-admin", tokens.admin(), "admin", tokens.scope());
            for (PreparedStatement statement : new PreparedStatement[] {device, area, token}) {
                int[] unused = statement.executeBatch();
            }
        }
        sql.commit();
        sql.setAutoCommit(true);
    }

    private static void add(PreparedStatement statement, @Nullable String... values) throws SQLException {
        for (int n = 0; n < values.length; n++) {
            statement.setString(n + 1, values[n]);
        }
        statement.addBatch();
    }

    private static String metrics(Fleet.@Nullable Meter meter) {
        return meter == null
                ? "[]"
                : "[{\"metric\":\"" + meter.metric() + "\",\"unit\":\"" + meter.unit() + "\",\"cadenceSeconds\":60}]";
    }
}
