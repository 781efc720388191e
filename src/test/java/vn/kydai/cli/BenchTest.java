package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.bench.Machine;
import vn.kydai.bench.Measurement;
import vn.kydai.bench.Plan;
import vn.kydai.bench.Plan.Part;
import vn.kydai.bench.Results;

class BenchTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLedgerThatDoesNotAddUpFailsTheCommand() throws Exception {
        assertEquals(1, report(List.of("flood: received 2, but the outcomes sum up to 1")));

        assertEquals("kydai: flood: received 2, but the outcomes sum up to 1\n", err.toString());
        assertTrue(Files.readString(directory.resolve("bench.md")).contains("- flood: received 2"));
    }

    @Test
    void figuresThatAddUpAreWrittenTwiceAndPrinted() throws Exception {
        assertEquals(0, report(List.of()));

        assertEquals(Files.readString(directory.resolve("bench.md")), out.toString());
        assertTrue(Files.readString(directory.resolve("bench.json")).contains("\"ready s\""));
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        Commands commands = new Commands(directory);

        assertEquals(2, commands.run("bench", "--rounds", "0"));
        assertEquals("kydai: --rounds: found 0; allowed: 1 or more\n", commands.err());
        assertEquals(2, commands.run("bench", "--clients", "0"));
        assertEquals("kydai: --clients: found [0]; allowed: numbers from 1\n", commands.err());
        assertEquals(2, commands.run("bench", "--cases", "speed"));
        assertTrue(commands.err().contains("speed"), commands::err);
    }

    private int report(List<String> problems) throws Exception {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        Bench bench = new Bench(new Installation(new Directories()), console);
        var unused = new picocli.CommandLine(bench).parseArgs("--out", directory.toString());
        Plan plan = new Plan(1, 1, EnumSet.of(Part.STARTUP), List.of(1), List.of(1), List.of(), Path.of("config"), "");
        Machine machine = new Machine("a processor", 2, 23.5, "a system", "a kernel", "25", "18.6", "dev", "bench");
        return bench.report(new Results(
                machine, plan, List.of(new Measurement("Start", "once", 1, Map.of("ready s", 1.2))), problems));
    }
}
