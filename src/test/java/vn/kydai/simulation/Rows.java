package vn.kydai.simulation;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as the PostgreSQL client answers them. */
final class Rows {
    private Rows() {}

    /** Returns an answer without rows that says how many a statement changed. */
    static RowSet<Row> changed(int count) {
        return of(List.of(), count);
    }

    /** Returns one row. */
    static RowSet<Row> one(@Nullable Object... values) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(values);
        return of(rows);
    }

    static RowSet<Row> of(List<@Nullable Object[]> rows) {
        return of(rows, rows.size());
    }

    private static RowSet<Row> of(List<@Nullable Object[]> rows, int count) {
        List<Row> made = rows.stream().map(Rows::row).toList();
        return VirtualVertx.proxy(RowSet.class, (self, method, args) -> switch (method.getName()) {
            case "iterator" -> iterator(made.iterator());
            case "size", "rowCount" -> count;
            default -> VirtualVertx.otherwise(self, method, args);
        });
    }

    private static RowIterator<Row> iterator(Iterator<Row> rows) {
        return VirtualVertx.proxy(RowIterator.class, (self, method, args) -> switch (method.getName()) {
            case "hasNext" -> rows.hasNext();
            case "next" -> rows.next();
            default -> VirtualVertx.otherwise(self, method, args);
        });
    }

    private static Row row(@Nullable Object[] values) {
        return VirtualVertx.proxy(Row.class, (self, method, args) -> {
            boolean isValue = method.getName().startsWith("get")
                    && args != null
                    && args.length == 1
                    && args[0] instanceof Integer;
            return isValue ? values[(Integer) args[0]] : VirtualVertx.otherwise(self, method, args);
        });
    }
}
