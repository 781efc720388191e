package vn.kydai.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vn.kydai.aggregate.store.Checkpoint;
import vn.kydai.aggregate.store.Checkpoints;
import vn.kydai.simulation.SimulatedDatabase.Weather;

/** The table of checkpoints, with what it held before: a database may come back as it was yesterday. */
final class SimulatedCheckpoints {
    private static final int KEPT = 12;

    private final SimulatedDatabase database;
    private final Deque<State> states = new ArrayDeque<>();

    private record State(String format, long position, boolean isComplete, Map<String, byte[]> pieces) {}

    SimulatedCheckpoints(SimulatedDatabase database) {
        this.database = database;
    }

    /** Forgets the newest ones: what is older is all there is. */
    void goBack(int steps) {
        for (int n = 0; n < steps && !states.isEmpty(); n++) {
            states.removeLast();
        }
    }

    /** Returns the position of every checkpoint that is kept. */
    List<Long> positions() {
        List<Long> positions = new ArrayList<>();
        states.forEach(state -> positions.add(state.position()));
        return positions;
    }

    /** What a process asks of it. */
    Checkpoints of(VirtualVertx process) {
        return new Checkpoints() {
            @Override
            public Future<Optional<Saved>> load(String format) {
                return later(
                        process,
                        () -> Optional.ofNullable(states.peekLast())
                                .filter(state ->
                                        state.isComplete() && state.format().equals(format))
                                .map(state -> new Saved(state.position(), new TreeMap<>(state.pieces()))));
            }

            @Override
            public Future<Void> write(Checkpoint checkpoint, String format) {
                return later(process, () -> {
                    keep(checkpoint, format);
                    return null;
                });
            }
        };
    }

    private void keep(Checkpoint checkpoint, String format) {
        State last = states.peekLast();
        long before = last == null ? 0 : last.position();
        if (last != null && last.position() == checkpoint.position() && checkpoint.before() != 0) {
            return;
        }
        Violation.unless(
                checkpoint.before() == 0 || checkpoint.before() == before,
                "a checkpoint follows " + checkpoint.before() + ", and " + before + " is there");
        Map<String, byte[]> pieces =
                checkpoint.before() == 0 || last == null ? new TreeMap<>() : new TreeMap<>(last.pieces());
        checkpoint.pieces().forEach((name, piece) -> {
            if (piece.length == 0) {
                pieces.remove(name);
            } else {
                pieces.put(name, piece);
            }
        });
        states.addLast(new State(format, checkpoint.position(), checkpoint.isComplete(), pieces));
        if (states.size() > KEPT) {
            states.removeFirst();
        }
    }

    private interface Work<T> {
        T done();
    }

    private <T> Future<T> later(VirtualVertx process, Work<T> work) {
        Promise<T> done = Promise.promise();
        process.after(2, () -> {
            if (database.weather() == Weather.AWAY || database.weather() == Weather.READ_ONLY) {
                done.fail(new IOException("the database is away"));
            } else {
                done.complete(work.done());
            }
        });
        return done.future();
    }
}
