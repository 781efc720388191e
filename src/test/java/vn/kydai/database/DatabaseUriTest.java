package vn.kydai.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.config.ConfigurationException;

/** {@code database.uri} is refused by naming the part, and never repeated. */
class DatabaseUriTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "postgresql://kydai:Pa#Secret@db:5432/kydai|#",
                "postgresql://kydai:PaSecret@db:abc/kydai|port",
                "postgresql://kydai:PaSecret@db:0/kydai|port",
                "postgresql://kydai:PaSecret@db:65536/kydai|port",
                "postgresql://kydai:PaSecret@db:5432/kydai?sslmode=nonsense|sslmode",
                "postgresql://kydai:PaSecret@db:5432/kydai?sslmode|name=value",
                "postgresql://kydai:Pa@Secret@db:5432/kydai|form",
                "postgresql://kydai:Pa/Secret@db:5432/kydai|form",
                "postgresql://kydai:Pa:Secret@db:5432/kydai|form",
                "postgresql://kydai:Pa?Secret@db:5432/kydai|port",
                "postgresql://kydai:Pa%Secret@db:5432/kydai|password",
                "postgresql://kydai:Pa Secret@db:5432/kydai|password",
                "mysql://kydai:PaSecret@db:5432/kydai|scheme",
                "jdbc:postgresql://kydai:PaSecret@db:5432/kydai|form",
                "kydai:PaSecret@db|form",
                "postgresql://kydai:PaSecret@/kydai|host",
                "postgresql://kydai:PaSecret@d b/kydai|host",
                "PaSecret|form",
            })
    void whatIsWrongIsNamedAndNoPartIsRepeated(String uri, String part) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> DatabaseUri.parse(uri));

        String told = String.valueOf(refused.getMessage());
        assertTrue(told.contains(part), told);
        assertFalse(told.contains("Secret") || told.contains("nonsense"), told);
        assertNull(refused.getCause());
    }

    @Test
    void whatIsRightIsRead() {
        PgConnectOptions options =
                DatabaseUri.parse("postgresql://k%40ydai:P%23a%2Fs%25@db.example.vn:6543/kydai?sslmode=require");

        assertEquals("k@ydai", options.getUser());
        assertEquals("P#a/s%", options.getPassword());
        assertEquals("db.example.vn", options.getHost());
        assertEquals(6543, options.getPort());
        assertEquals("kydai", options.getDatabase());
        assertEquals("REQUIRE", options.getSslMode().name());
    }
}
