package vn.kydai.aggregate;

import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.store.Checkpoint;
import vn.kydai.aggregate.store.Checkpoints;
import vn.kydai.aggregate.store.RollupRow;
import vn.kydai.event.Width;

/** Keeps the checkpoint in memory, and can fail to. */
final class InMemoryCheckpoints implements Checkpoints {
    private final Map<String, byte[]> pieces = new TreeMap<>();
    private final Map<RollupTexts.Bucket, RollupSum> rollups = new TreeMap<>();
    private final List<RollupRow> minutes = new ArrayList<>();
    private final AtomicInteger writesToFail = new AtomicInteger();
    private volatile Future<Void> held = Future.succeededFuture();
    private @Nullable String format;
    private long position;
    private boolean isComplete;

    /** Lets writes wait until that completes. */
    void holdWrites(Future<Void> until) {
        held = until;
    }

    void failNextWrites(int writes) {
        writesToFail.set(writes);
    }

    synchronized long position() {
        return position;
    }

    synchronized SortedMap<String, String> rollups() {
        return RollupTexts.texts(rollups);
    }

    /** Returns the rows of one minute that were ever written of minutes before that. */
    synchronized List<RollupRow> minutesBefore(OffsetDateTime first) {
        return minutes.stream().filter(row -> row.start().isBefore(first)).toList();
    }

    @Override
    public synchronized Future<Optional<Saved>> load(String asked) {
        return Future.succeededFuture(
                isComplete && asked.equals(format)
                        ? Optional.of(new Saved(position, Map.copyOf(pieces)))
                        : Optional.empty());
    }

    @Override
    public Future<Void> write(Checkpoint checkpoint, String by) {
        return held.compose(released -> written(checkpoint, by));
    }

    private synchronized Future<Void> written(Checkpoint checkpoint, String by) {
        if (writesToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture("the database is gone");
        }
        if (checkpoint.before() == 0) {
            pieces.clear();
            rollups.clear();
        } else if (checkpoint.before() != position) {
            return Future.failedFuture("another position");
        }
        format = by;
        position = checkpoint.position();
        isComplete = checkpoint.isComplete();
        checkpoint.pieces().forEach((name, piece) -> {
            if (piece.length == 0) {
                pieces.remove(name);
            } else {
                pieces.put(name, piece);
            }
        });
        for (RollupRow row : checkpoint.rows()) {
            RollupTexts.add(rollups, row);
            if (row.width() == Width.MINUTE) {
                minutes.add(row);
            }
        }
        return Future.succeededFuture();
    }
}
