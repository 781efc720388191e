package vn.kydai.aggregate.store;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Where checkpoints are kept: one, of the newest position, by the one server that writes. */
public interface Checkpoints {
    /** The folds' state as of a position, all pieces by name. */
    record Saved(long position, Map<String, byte[]> pieces) {
        public Saved {
            requireNonNull(pieces, "pieces is null");
        }
    }

    /** Returns the last one that is complete and of a format. */
    Future<Optional<Saved>> load(String format);

    /** Writes one in one transaction; the same one again changes nothing. */
    Future<Void> write(Checkpoint checkpoint, String format);
}
