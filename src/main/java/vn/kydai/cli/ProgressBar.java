package vn.kydai.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import vn.kydai.transfer.Totals;
import vn.kydai.transfer.Upload;

/** How an import goes, on one line that is written anew; where nobody watches only what matters later is said. */
final class ProgressBar implements Upload.Progress {
    private static final int CELLS = 20;
    private static final double NANOS = 1e9;
    private static final int SECONDS_A_MINUTE = 60;
    private static final long EVERY_NANOS = 200_000_000;

    private final PrintWriter err;
    private final boolean isWatched;
    private final LongSupplier nanoTime;
    private long startedAt;
    private long firstByte = -1;
    private long firstRow;
    private long shownAt;
    private boolean isShown;

    ProgressBar(PrintWriter err, boolean isWatched, LongSupplier nanoTime) {
        this.err = err;
        this.isWatched = isWatched;
        this.nanoTime = nanoTime;
    }

    @Override
    public void begun(List<String> unusedHeadings, long resumedAfterLine) {
        if (!unusedHeadings.isEmpty()) {
            err.println("kydai: not read: " + String.join(", ", unusedHeadings));
        }
        if (resumedAfterLine > 0) {
            err.println("kydai: going on after line " + resumedAfterLine + "; --anew begins anew");
        }
    }

    @Override
    public void at(long bytes, long size, Totals totals) {
        long now = nanoTime.getAsLong();
        if (firstByte < 0) {
            startedAt = now;
            firstByte = bytes;
            firstRow = totals.rows();
        }
        if (isWatched && (bytes == size || now - shownAt >= EVERY_NANOS)) {
            shownAt = now;
            isShown = true;
            err.print("\r" + line(bytes, size, totals.rows(), now) + "\u001b[K");
            err.flush();
        }
    }

    /** Leaves the line. */
    void end() {
        if (isShown) {
            err.println();
            isShown = false;
        }
    }

    private String line(long bytes, long size, long rows, long now) {
        double share = size == 0 ? 1 : Math.min(1, (double) bytes / size);
        int full = (int) Math.floor(share * CELLS);
        return String.format(
                Locale.ROOT,
                "%3.0f %% %s%s %,d rows%s",
                Math.floor(share * 100),
                "█".repeat(full),
                "░".repeat(CELLS - full),
                rows,
                bytes > firstByte ? pace(bytes, size, rows, now) : "");
    }

    /** Counts from the first batch on, which also connects. */
    private String pace(long bytes, long size, long rows, long now) {
        double seconds = Math.max(1e-3, (now - startedAt) / NANOS);
        long remaining = Math.round((size - bytes) * seconds / (bytes - firstByte));
        return String.format(
                Locale.ROOT,
                ", %,.0f/s, %d:%02d left",
                (rows - firstRow) / seconds,
                remaining / SECONDS_A_MINUTE,
                remaining % SECONDS_A_MINUTE);
    }
}
