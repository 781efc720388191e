package vn.kydai.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes in dossiers (hồ sơ): steps, or whole dossiers with a column for each date. */
@Command(
        name = "dossiers",
        description = "Takes in dossiers (hồ sơ): steps, or whole dossiers with a column for each date.",
        mixinStandardHelpOptions = true)
final class ImportDossiers implements Callable<Integer> {
    @Mixin
    private final ImportOptions options = new ImportOptions();

    private final CsvImport csv;

    ImportDossiers(CsvImport csv) {
        this.csv = csv;
    }

    @Override
    public Integer call() throws Exception {
        return csv.run(csv.dossiers(), options);
    }
}
