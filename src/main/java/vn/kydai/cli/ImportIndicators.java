package vn.kydai.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vn.kydai.transfer.IndicatorSheet;

/** Takes in slow indicators (chỉ tiêu). */
@Command(name = "indicators", description = "Takes in slow indicators (chỉ tiêu).", mixinStandardHelpOptions = true)
final class ImportIndicators implements Callable<Integer> {
    @Mixin
    private final ImportOptions options = new ImportOptions();

    private final CsvImport csv;

    ImportIndicators(CsvImport csv) {
        this.csv = csv;
    }

    @Override
    public Integer call() throws Exception {
        return csv.run(new IndicatorSheet(), options);
    }
}
