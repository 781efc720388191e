package vn.kydai.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import vn.kydai.bench.load.Fleet;

/**
 * Fills a site's journal with the events of past days, as a server would have left them: rows by ingest day, identities,
 * ledger, days, head. The configuration that a first start has journaled is moved before them. No server may run.
 */
final class GrownJournal {
    /** Within the time identities are kept. */
    private static final int DAYS = 30;

    private static final int METERS = 20;

    private static final String MOVE_CONFIGURATION = """
            update journal set event_time = to_day.at, ingest_time = to_day.at
            from (select ?::date::timestamp at time zone 'Asia/Ho_Chi_Minh' as at) as to_day""";

    /** The mix of the load: of fourteen events one is a desk's, of 35 of those 24 are tickets, 7 dossiers, 4 ratings. */
    private static final String EVENTS = """
            with given as (select ?::bigint as head, ?::bigint as first, ?::bigint as last, ?::date as day,
                ?::text[] as areas, ?::text[] as metrics, ?::text[] as units),
            numbered as (
                select given.*, g, g % 14 = 13 as is_desk, g / 14 / 50 as round, g / 14 / 50 % 35 as place,
                    case when g % 14 = 13 then g / 14 % 50 else g % 500 end as number,
                    date_trunc('milliseconds', (day::timestamp at time zone 'Asia/Ho_Chi_Minh')
                        + (g - first) * (interval '23 hours 59 minutes' / (last - first + 1))) as at
                from given, generate_series(first, last) as g),
            kinds as (
                select *, case when not is_desk then 'reading' when place < 24 then 'ticket' when place < 31 then 'dossier'
                    else 'rating' end as kind, round / 35 * 24 + place as ticket, round / 35 * 7 + place - 24 as dossier
                from numbered)
            insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, data)
            select 0, head + g + 1, at, 'bench-' || case when is_desk then 'desk-' else 'sensor-' end
                    || lpad(number::text, 3, '0'), 'grown-' || lpad(g::text, 10, '0'), kind,
                areas[1 + number % cardinality(areas)], at, false, case kind
                when 'reading' then jsonb_build_object('metric', metrics[1 + number % 20], 'unit', units[1 + number % 20],
                    'value', round(g / 500 % 4000 / 100.0, 2))
                when 'ticket' then jsonb_build_object('ticket', 'grown-' || ticket / 3, 'counter', (ticket / 3 % 8)::text,
                    'step', (array['issued', 'called', 'served'])[1 + ticket % 3])
                when 'dossier' then jsonb_build_object('dossier', 'H57.GRO.' || lpad(number::text, 3, '0') || '-'
                    || to_char(day, 'YYMMDD') || '-' || lpad((dossier / 4 % 1000000)::text, 6, '0'), 'procedure', '1.004873',
                    'status', (array[2, 4, 9, 10])[1 + dossier % 4], 'channel', 'online', 'digitised', true)
                else jsonb_build_object('level', 'satisfied', 'counter', '1') end
            from kinds order by g""";

    private static final String IDENTITIES = """
            insert into event_identity (source, id, digest, ingest_time, area)
            select source, id, md5(id) || md5(source), ingest_time, area from journal
            where ingest_time >= ?::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                and ingest_time < (?::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and kind <> 'configuration'""";

    private static final String LEDGER = """
            insert into ledger (source, day, received, committed)
            select source, ?::date, count(*), count(*) from journal
            where ingest_time >= ?::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                and ingest_time < (?::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and kind <> 'configuration'
            group by source""";

    private static final String DAY = "insert into journal_day (partition, day, first_position) values (0, ?::date, ?)";
    private static final String HEAD = """
            update journal_head set (position, ingest_time) = (
                select position, ingest_time from journal order by position desc limit 1)""";

    private final Connection sql;
    private final Fleet fleet;

    GrownJournal(Connection sql, Fleet fleet) {
        this.sql = sql;
        this.fleet = fleet;
    }

    /**
     * Fills it.
     *
     * @param events how many
     * @param today local date, on which the load will be
     */
    void fill(long events, LocalDate today) throws SQLException {
        long head = head();
        LocalDate first = today.minusDays(DAYS);
        for (int day = 0; day < DAYS; day++) {
            run("select make_journal_partition(?::date)", first.plusDays(day));
        }
        run(MOVE_CONFIGURATION, first);
        run("delete from journal_day");
        for (int day = 0; day < DAYS; day++) {
            long from = events * day / DAYS;
            long to = events * (day + 1) / DAYS - 1;
            fillDay(first.plusDays(day), head, from, to);
        }
        run(HEAD);
        run("vacuum (analyze) journal, event_identity");
    }

    private void fillDay(LocalDate day, long head, long from, long to) throws SQLException {
        List<Fleet.Meter> meters = IntStream.range(0, METERS)
                .mapToObj(n -> fleet.sensor(n).meter())
                .toList();
        String[] areas = fleet.areas().toArray(String[]::new);
        String[] metrics = meters.stream().map(Fleet.Meter::metric).toArray(String[]::new);
        String[] units = meters.stream().map(Fleet.Meter::unit).toArray(String[]::new);
        run(
                EVENTS,
                head,
                from,
                to,
                day,
                sql.createArrayOf("text", areas),
                sql.createArrayOf("text", metrics),
                sql.createArrayOf("text", units));
        run(IDENTITIES, day, day);
        run(LEDGER, day, day, day);
        run(DAY, day, from == 0 ? 1 : head + from + 1);
    }

    private long head() throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery("select position from journal_head where partition = 0")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String text, Object... parameters) throws SQLException {
        try (PreparedStatement statement = sql.prepareStatement(text)) {
            for (int n = 0; n < parameters.length; n++) {
                statement.setObject(n + 1, parameters[n]);
            }
            statement.execute();
        }
    }
}
