package vn.kydai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vn.kydai.config.YamlFile;
import vn.kydai.registry.InvalidPart;
import vn.kydai.registry.Procedures;
import vn.kydai.transfer.ProcedureTable;
import vn.kydai.transfer.UnreadableFile;

/** Takes procedures of a CSV file into {@code procedures.yaml}: all of them, or none when a line is wrong. */
@Command(
        name = "procedures",
        description =
                "Takes procedures (thủ tục hành chính) of a CSV file into procedures.yaml; the next start uses them.",
        mixinStandardHelpOptions = true)
final class ImportProcedures implements Callable<Integer> {
    private static final String HEADER = """
            # Administrative procedures (thủ tục hành chính), written by "import procedures"; docs/configuration.md says what each key is.
            """;

    private final Installation installation;
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "CSV in UTF-8 with the columns code, name, field, time (\"3 ngày làm việc\") and, if wanted,"
                    + " nameEn, unit, online, level, validFrom, validTo; or their Vietnamese names")
    private Path file = Path.of("");

    ImportProcedures(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ProcedureTable table = read();
        if (!table.problems().isEmpty()) {
            table.problems().forEach(problem -> console.err().println("kydai: " + file + " " + problem));
            throw new Refusal("nothing was taken: " + table.problems().size() + " lines of " + file + " are wrong");
        }
        Path target = installation.directories().config().resolve("procedures.yaml");
        JsonNode merged = table.mergedInto(YamlFile.read(target).content());
        try {
            int known = Procedures.of(merged).size();
            write(target, HEADER + ProcedureTable.yaml(merged));
            console.out().println(table.size() + " procedures taken into " + target + ", which has " + known + " now");
            return 0;
        } catch (InvalidPart e) {
            throw new Refusal("nothing was taken: " + e.pointer() + " of the result: " + e.getMessage());
        }
    }

    private ProcedureTable read() throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Refusal("FILE: found no readable file " + file);
        }
        try {
            return ProcedureTable.read(file);
        } catch (UnreadableFile e) {
            throw new Refusal("FILE: " + e.getMessage());
        }
    }

    /** The file before stays beside it: comments of a hand-written one are not carried over. */
    private static void write(Path target, String text) throws IOException {
        Path next = target.resolveSibling("procedures.yaml.next");
        Files.writeString(next, text);
        Files.copy(target, target.resolveSibling("procedures.yaml.before"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
