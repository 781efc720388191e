package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private static final String PAGE = """
            # TYPE kydai_wall_closed_sockets_total counter
            kydai_wall_closed_sockets_total{code="4001"} 1.0
            kydai_wall_closed_sockets_total{code="4008"} 20.0
            """;

    @Test
    void aSeriesIsFoundByNameAndLabels() throws IOException {
        assertEquals(20, ServerMetrics.value(PAGE, "kydai_wall_closed_sockets_total{code=\"4008\"}"));
    }

    @Test
    void aSeriesThatIsNotThereIsNamed() {
        IOException found = assertThrows(IOException.class, () -> ServerMetrics.value(PAGE, "kydai_wall_sockets"));

        assertEquals("the server has no metric kydai_wall_sockets", found.getMessage());
    }
}
