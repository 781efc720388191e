package vn.kydai.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vn.kydai.transfer.TicketSheet;

/** Takes in tickets (số thứ tự): steps, or whole visits with a column for each time. */
@Command(
        name = "tickets",
        description = "Takes in tickets (số thứ tự): steps, or whole visits with a column for each time.",
        mixinStandardHelpOptions = true)
final class ImportTickets implements Callable<Integer> {
    @Mixin
    private final ImportOptions options = new ImportOptions();

    private final CsvImport csv;

    ImportTickets(CsvImport csv) {
        this.csv = csv;
    }

    @Override
    public Integer call() throws Exception {
        return csv.run(new TicketSheet(), options);
    }
}
