package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTest {
    private static final String CONNECTIONS = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
               1: 0100007F:1F90 0100007F:D2A4 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
               2: 0100007F:D2A4 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
               3: 0100007F:1F90 0100007F:D2A6 04 00001000:00000000 01:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
            """;

    @TempDir
    private Path root;

    @Test
    void aNameMayHoldAnything() {
        Proc.Stat stat = Proc.Stat.parse("42 (a) b (c) S 7 42 42 0 -1 4194560 9 0 0 0 250 50 30 20 20 0 1 0 100 1 1");

        assertEquals(new Proc.Stat("a) b (c", 7, 3.0, 0.5), stat);
    }

    @Test
    void aTreeIsItsLivingAndItsEndedChildren() throws IOException {
        stat(10, 1, 100, 40);
        stat(11, 10, 200, 0);
        stat(12, 10, 300, 0);
        stat(13, 99, 5_000, 0);
        write("10/smaps_rollup", "Rss: 900 kB\nPss:                2048 kB\nPss_Anon: 1 kB\n");
        write("11/smaps_rollup", "Pss:                1024 kB\n");

        Proc proc = new Proc(root);

        assertEquals(6.4, proc.treeCpuSeconds(10), 1e-9);
        assertEquals(3 * 1_024 * 1_024, proc.treeProportionalBytes(10));
    }

    @Test
    void aProcessThatIsNotThereHasNoTree() throws IOException {
        stat(1, 0, 100, 0);
        write("1/smaps_rollup", "Pss: 1024 kB\n");

        assertTrue(Double.isNaN(new Proc(root).treeProportionalBytes(0)));
        assertTrue(Double.isNaN(new Proc(root).treeCpuSeconds(0)));
    }

    @Test
    void residentMemoryIsThatOfTheStatus() throws IOException {
        write("10/status", "Name:\tjava\nVmHWM:\t  9000 kB\nVmRSS:\t  4096 kB\n");

        assertEquals(4_194_304, new Proc(root).residentBytes(10));
    }

    @Test
    void onlyOpenConnectionsToThePortCount() throws IOException {
        write("net/tcp", CONNECTIONS);

        assertEquals(OptionalLong.of(1), new Proc(root).connections(8_080));
    }

    @Test
    void idleTimeIsNoWork() throws IOException {
        write("stat", "cpu  100 10 50 9000 77 3 7 30 5 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");

        assertEquals(2.0, new Proc(root).machineCpuSeconds());
    }

    @Test
    void whereNothingIsToldNothingIsFound() {
        Proc proc = new Proc(root.resolve("none"));

        assertTrue(Double.isNaN(proc.cpuSeconds(1)));
        assertTrue(Double.isNaN(proc.treeCpuSeconds(1)));
        assertTrue(Double.isNaN(proc.machineCpuSeconds()));
        assertTrue(Double.isNaN(proc.residentBytes(1)));
        assertEquals(OptionalLong.empty(), proc.connections(80));
    }

    private void stat(int pid, int parent, int ticks, int childTicks) throws IOException {
        write(
                pid + "/stat",
                pid + " (postgres) S " + parent + " 1 1 0 -1 0 0 0 0 0 " + ticks + " 0 " + childTicks
                        + " 0 20 0 1 0 1");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
