package vn.kydai.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every import of a CSV file takes. */
final class ImportOptions {
    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8, see docs/import.md")
    private Path file = Path.of("");

    @Option(names = "--source", required = true, paramLabel = "ID", description = "the source that signs in and speaks")
    private String source = "";

    @Option(names = "--token-file", paramLabel = "FILE", description = "holds its token (default: $KYDAI_TOKEN)")
    private @Nullable Path tokenFile;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the server (default: of the configuration; where none runs, one is started for the moment)")
    private @Nullable String url;

    @Option(names = "--mapping", paramLabel = "FILE", description = "YAML: other headings and words than the usual")
    private @Nullable Path mapping;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "takes the rows that were not taken (default: FILE.refused.csv)")
    private @Nullable Path report;

    @Option(names = "--anew", description = "begin anew where an interrupted import would go on")
    private boolean isAnew;

    Path file() {
        return file;
    }

    String source() {
        return source;
    }

    @Nullable
    Path tokenFile() {
        return tokenFile;
    }

    @Nullable
    String url() {
        return url;
    }

    @Nullable
    Path mapping() {
        return mapping;
    }

    Path report() {
        return report == null ? file.resolveSibling(file.getFileName() + ".refused.csv") : report;
    }

    boolean isAnew() {
        return isAnew;
    }
}
