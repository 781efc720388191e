package vn.kydai.transfer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.kydai.event.codec.Json;

/**
 * Takes a CSV file to a server: reads row after row, posts batches of whole rows, and writes down what was not taken. Holds
 * one batch in memory, whatever the size of the file. Blocking; used once.
 */
public final class Upload {
    private static final int BATCH_EVENTS = 1_000;
    /** A batch is closed well below the 4 MiB a request may have. */
    private static final int BATCH_CHARS = 1 << 20;

    private final Order order;
    private final Progress progress;
    private final List<Posted> batch = new ArrayList<>();
    private final Set<Refusal> refused = new LinkedHashSet<>();
    private final Findings refusals = new Findings();
    private final Findings oddities = new Findings();
    private int batchChars;
    private long batchRows;
    private Totals totals = Totals.NONE;

    /**
     * What to import.
     *
     * @param server {@code http://host:port}
     * @param source id of the source that signs in
     * @param refusals takes the rows that were not taken
     * @param isAnew whether to begin anew where an interrupted import could go on
     */
    public record Order(
            Path file,
            Sheet sheet,
            Mapping mapping,
            URI server,
            String source,
            String token,
            Path refusals,
            boolean isAnew) {
        /** Leaves the token out: this text may reach a log. */
        @Override
        public String toString() {
            return "Order[" + file + ", " + sheet.id() + ", " + server + "]";
        }
    }

    /** Hears how it goes, on the thread that uploads. */
    public interface Progress {
        /** Hears once which headings nothing is read of, and the line after which an interrupted import goes on, or 0. */
        void begun(List<String> unusedHeadings, long resumedAfterLine);

        /** Hears after each batch how many bytes of the file are done. */
        void at(long bytes, long size, Totals totals);
    }

    private record Posted(long line, String json) {}

    private record Refusal(long line, String field, String why) {}

    /** Prepares an upload. */
    public Upload(Order order, Progress progress) {
        this.order = order;
        this.progress = progress;
    }

    /** Runs to the end; fails with {@link UnreadableFile} or {@link TransferFailed}, and can then be run again. */
    public Totals run() throws IOException, InterruptedException {
        Bookmark bookmark =
                new Bookmark(order.file(), order.sheet().id() + " " + order.source() + " " + order.server());
        Bookmark.Place start = order.isAnew() ? Bookmark.Place.START : bookmark.read();
        totals = start.totals();
        Map<String, Numbers> numbers = Survey.of(order.file(), order.mapping(), order.sheet());
        try (CsvFile file = CsvFile.open(order.file());
                RefusalReport report = RefusalReport.open(order.refusals(), start.line() > 0);
                EventPoster poster = new EventPoster(order.server(), order.source(), order.token())) {
            Layout layout = Layout.find(file, order.mapping(), order.sheet(), numbers);
            progress.begun(layout.unused(), start.line());
            Optional<CsvRecord> next = file.next();
            while (next.isPresent()) {
                CsvRecord csv = next.get();
                next = file.next();
                if (csv.line() > start.line() && !csv.isBlank()) {
                    take(layout, csv);
                    if (isBatchFull()) {
                        post(poster, report);
                        bookmark.write(new Bookmark.Place(csv.line(), totals));
                        progress.at(file.position(), file.size(), totals);
                    }
                }
            }
            post(poster, report);
            bookmark.remove();
            progress.at(file.size(), file.size(), totals);
        }
        return totals;
    }

    /** Returns why rows were not taken, of those that this run read. */
    public Findings refusals() {
        return refusals;
    }

    /** Returns what is odd about rows that this run took. */
    public Findings oddities() {
        return oddities;
    }

    private boolean isBatchFull() {
        return batch.size() >= BATCH_EVENTS || batchChars >= BATCH_CHARS || batchRows >= BATCH_EVENTS;
    }

    private void take(Layout layout, CsvRecord csv) {
        batchRows++;
        try {
            Row row = layout.row(csv);
            for (Draft draft : order.sheet().events(row)) {
                String json = Json.text(draft.toJson());
                batch.add(new Posted(csv.line(), json));
                batchChars += json.length();
            }
            order.sheet().oddities(row).forEach(odd -> oddities.add(csv.line(), odd.field(), odd.what()));
        } catch (UnusableRow e) {
            refused.add(new Refusal(csv.line(), e.field(), e.why()));
        }
    }

    private void post(EventPoster poster, RefusalReport report) throws IOException, InterruptedException {
        long committed = 0;
        long duplicate = 0;
        long rejected = 0;
        if (!batch.isEmpty()) {
            EventPoster.Answer answer = poster.post(
                    "[" + String.join(",", batch.stream().map(Posted::json).toList()) + "]");
            for (EventPoster.Rejection rejection : answer.rejected()) {
                // A row of several events has one error, however often it is found.
                refused.add(new Refusal(batch.get(rejection.index()).line(), rejection.field(), rejection.why()));
            }
            committed = answer.committed();
            duplicate = answer.duplicate();
            rejected = answer.rejected().size();
        }
        for (Refusal refusal : refused) {
            report.add(refusal.line(), refusal.field(), refusal.why());
            refusals.add(refusal.line(), refusal.field(), refusal.why());
        }
        report.flush();
        long rows = refused.stream().map(Refusal::line).distinct().count();
        totals = totals.plus(new Totals(batchRows, rows, committed, duplicate, rejected));
        batch.clear();
        refused.clear();
        batchChars = 0;
        batchRows = 0;
    }
}
