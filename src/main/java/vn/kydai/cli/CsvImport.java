package vn.kydai.cli;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import vn.kydai.config.YamlFile;
import vn.kydai.registry.Procedures;
import vn.kydai.transfer.DossierSheet;
import vn.kydai.transfer.Findings;
import vn.kydai.transfer.Mapping;
import vn.kydai.transfer.Sheet;
import vn.kydai.transfer.Totals;
import vn.kydai.transfer.TransferFailed;
import vn.kydai.transfer.UnreadableFile;
import vn.kydai.transfer.Upload;

/** What every import of a CSV file does: finds the server, or is one for the moment, uploads, and says how it went. */
final class CsvImport {
    private static final int CONNECT_MS = 2_000;

    private final Installation installation;
    private final Console console;

    CsvImport(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    /** Returns dossiers, of whose procedures this installation's are known; where it has none, all are. */
    DossierSheet dossiers() {
        if (!Files.exists(installation.directories().config().resolve("procedures.yaml"))) {
            return new DossierSheet();
        }
        Procedures procedures = installation.parts().registry().procedures();
        return new DossierSheet(code -> procedures.find(code).isPresent());
    }

    /** Returns the exit code: 1 when something was not taken. */
    int run(Sheet sheet, ImportOptions options) throws Exception {
        if (!Files.isReadable(options.file()) || Files.isDirectory(options.file())) {
            throw new Refusal("FILE: found no readable file " + options.file());
        }
        String token = Remote.token(options.tokenFile(), System.getenv(Remote.TOKEN));
        Mapping mapping =
                options.mapping() == null ? Mapping.of(sheet) : Mapping.of(sheet, YamlFile.read(options.mapping()));
        URI server = Remote.server(installation, options.url());
        if (options.url() == null && !isAnswering(server)) {
            return runAlone(sheet, options, mapping, token);
        }
        return upload(order(sheet, options, mapping, token, server));
    }

    /** Without a running server this process is one until the file is in. */
    private int runAlone(Sheet sheet, ImportOptions options, Mapping mapping, String token) throws Exception {
        Server server = new Server(installation, InstantSource.system());
        try {
            URI own = URI.create(Waiting.on(server.start()).events().http());
            return upload(order(sheet, options, mapping, token, own));
        } finally {
            for (Supplier<Future<Void>> step : server.stopping()) {
                Waiting.on(step.get());
            }
        }
    }

    private static Upload.Order order(Sheet sheet, ImportOptions options, Mapping mapping, String token, URI server) {
        return new Upload.Order(
                options.file(), sheet, mapping, server, options.source(), token, options.report(), options.isAnew());
    }

    private int upload(Upload.Order order) throws IOException, InterruptedException {
        ProgressBar bar = new ProgressBar(console.err(), Terminal.isErrorStream(), System::nanoTime);
        try {
            Upload upload = new Upload(order, bar);
            Totals totals = upload.run();
            bar.end();
            print(totals, order.refusals());
            say("refused:", upload.refusals());
            say("taken, but odd:", upload.oddities());
            return totals.refusedRows() == 0 ? 0 : 1;
        } catch (UnreadableFile e) {
            bar.end();
            throw new Refusal(order.file() + ": " + e.getMessage());
        } catch (TransferFailed e) {
            bar.end();
            if (e.isSignIn()) {
                throw new Refusal("--source: found " + order.source() + "; " + e.getMessage());
            }
            console.err().println("kydai: " + e.getMessage());
            console.err().println("kydai: the same command goes on where this one stopped");
            return 1;
        }
    }

    private void print(Totals totals, Path refusals) {
        Table table = new Table(List.of("rows", Long.toString(totals.rows())));
        table.add(List.of("events", Long.toString(totals.events())));
        table.add(List.of("  committed", Long.toString(totals.committed())));
        table.add(List.of("  duplicate", Long.toString(totals.duplicate())));
        table.add(List.of("  rejected", Long.toString(totals.rejected())));
        table.add(List.of("rows refused", totals.refusedRows() == 0 ? "0" : totals.refusedRows() + ": " + refusals));
        console.out().print(table);
        console.out().flush();
    }

    private void say(String heading, Findings findings) {
        if (!findings.lines().isEmpty()) {
            console.err().println("kydai: " + heading);
            findings.lines().forEach(line -> console.err().println("  " + line));
        }
    }

    /** Connects and closes: a server that accepts is there, even when it is busy. */
    private static boolean isAnswering(URI server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MS);
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
