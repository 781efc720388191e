package vn.kydai.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void everyTestGetsAnEmptyMigratedDatabaseOfItsOwn() throws SQLException {
        TestDatabase.Fresh first = TestDatabase.freshDatabase();
        TestDatabase.Fresh second = TestDatabase.freshDatabase();
        try (Connection connection =
                        Migrations.connect(second.options(), second.options().getDatabase());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select position from journal_head")) {
            assertTrue(rows.next());
            assertEquals(0, rows.getLong(1));
        }
        assertTrue(!first.uri().equals(second.uri()));
    }
}
