package vn.kydai.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vn.kydai.observe.Dashboards.Panel;
import vn.kydai.observe.Dashboards.Query;

/** Asks PostgreSQL what the panels ask. */
public final class SqlPanels {
    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]+)\\)");

    private SqlPanels() {}

    /** Returns the query over the last day, as Grafana would send it. */
    static String overTheLastDay(Query query) {
        return TIME_FILTER
                .matcher(query.text())
                .replaceAll("$1 between date_trunc('second', now()) - interval '1 day' and now()");
    }

    /** Returns what is wrong with a panel: an error, no row, no value, or one that does not suit its unit. */
    public static List<String> complaints(Connection connection, Panel panel) {
        List<String> complaints = new ArrayList<>();
        for (Query query : panel.queries()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(overTheLastDay(query))) {
                complaints.addAll(complaints(panel, query, rows));
            } catch (SQLException e) {
                complaints.add(panel.title() + ": " + e.getMessage());
            }
        }
        return complaints;
    }

    private static List<String> complaints(Panel panel, Query query, ResultSet rows) throws SQLException {
        List<String> complaints = new ArrayList<>();
        ResultSetMetaData columns = rows.getMetaData();
        if (query.format().equals("time_series") && !columns.getColumnName(1).equals("time")) {
            complaints.add(panel.title() + ": a time series begins with time");
        }
        int values = 0;
        while (rows.next()) {
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                if (rows.getObject(column) instanceof Number number) {
                    values++;
                    if (!Units.isPlausible(panel.unit(), number.doubleValue())) {
                        complaints.add(panel.title() + ": " + number + " is no plausible " + panel.unit());
                    }
                }
            }
        }
        if (values == 0) {
            complaints.add(panel.title() + ": no value");
        }
        return complaints;
    }
}
