package vn.kydai.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vn.kydai.transfer.ReadingSheet;

/** Takes in readings of sensors (số đo). */
@Command(name = "readings", description = "Takes in readings of sensors (số đo).", mixinStandardHelpOptions = true)
final class ImportReadings implements Callable<Integer> {
    @Mixin
    private final ImportOptions options = new ImportOptions();

    private final CsvImport csv;

    ImportReadings(CsvImport csv) {
        this.csv = csv;
    }

    @Override
    public Integer call() throws Exception {
        return csv.run(new ReadingSheet(), options);
    }
}
