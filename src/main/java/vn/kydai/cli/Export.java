package vn.kydai.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.event.Kind;
import vn.kydai.transfer.Download;
import vn.kydai.transfer.Formats;
import vn.kydai.transfer.TransferFailed;

/** Writes journaled events to a file or to standard output, as a running server gives them to a reader. */
@Command(
        name = "export",
        description = "Writes journaled events, as a running server gives them to a reader.",
        mixinStandardHelpOptions = true)
final class Export implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    @Option(names = "--from", paramLabel = "DATE", description = "first local date of the events' own times")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "last local date")
    private @Nullable LocalDate to;

    @Option(names = "--kind", paramLabel = "KIND", description = "dossier, ticket, rating, reading, indicator, …")
    private @Nullable Kind kind;

    @Option(names = "--area", paramLabel = "AREA", description = "id of a subtree (default: the token's scope)")
    private @Nullable String area;

    @Option(names = "--format", paramLabel = "ndjson|csv", description = "csv needs a kind (default: ndjson)")
    private Form form = Form.NDJSON;

    @Option(names = "--out", paramLabel = "FILE", description = "takes the events (default: standard output)")
    private @Nullable Path out;

    @Option(names = "--token-file", paramLabel = "FILE", description = "holds a reader's token (default: $KYDAI_TOKEN)")
    private @Nullable Path tokenFile;

    @Option(names = "--url", paramLabel = "URL", description = "the server (default: of the configuration)")
    private @Nullable String url;

    private enum Form {
        NDJSON,
        CSV
    }

    Export(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Download.Format format = format();
        Download download = new Download(new Download.Order(
                Remote.server(installation, url),
                Remote.token(tokenFile, System.getenv(Remote.TOKEN)),
                kind,
                area,
                from,
                to));
        try {
            console.err().println(written(download, format) + " events");
            return 0;
        } catch (TransferFailed e) {
            if (e.isSignIn()) {
                throw new Refusal("--token-file: found a token that may not read this; " + e.getMessage());
            }
            console.err().println("kydai: " + e.getMessage());
            return 1;
        }
    }

    private long written(Download download, Download.Format format) throws IOException, InterruptedException {
        if (out == null) {
            long written = download.to(console.out(), format);
            console.out().flush();
            return written;
        }
        try (Writer file = new BufferedWriter(Files.newBufferedWriter(out))) {
            return download.to(file, format);
        }
    }

    private Download.Format format() {
        if (form == Form.NDJSON) {
            return Formats.ndjson();
        }
        if (kind == null) {
            throw new Refusal("--format: found csv without --kind; allowed: csv of one kind, or ndjson");
        }
        return Formats.csv(fields(kind));
    }

    private static List<String> fields(Kind kind) {
        return switch (kind) {
            case DOSSIER ->
                List.of(
                        "dossier",
                        "procedure",
                        "channel",
                        "status",
                        "counter",
                        "submittedAt",
                        "receivedAt",
                        "dueAt",
                        "promisedAt",
                        "decidingArea",
                        "pausedBy",
                        "paidOnline",
                        "digitised",
                        "fee",
                        "seq");
            case TICKET -> List.of("ticket", "step", "service", "counter", "seq");
            case RATING -> List.of("level", "counter", "dossier", "seq");
            case READING -> List.of("metric", "value", "unit", "quality", "seq");
            case INDICATOR ->
                List.of(
                        "indicator",
                        "period",
                        "value",
                        "unit",
                        "standard",
                        "numerator",
                        "denominator",
                        "target",
                        "seq");
            case ALARM, CONFIGURATION ->
                throw new Refusal("--format: found csv with --kind " + kind.id() + "; allowed: ndjson");
        };
    }
}
