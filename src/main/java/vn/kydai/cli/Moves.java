package vn.kydai.cli;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import vn.kydai.database.Database;
import vn.kydai.registry.Addition;
import vn.kydai.registry.SourceStore;

/** Moves known sources to other areas, one after the other, as {@code device add} moves one. */
final class Moves {
    private Moves() {}

    static Future<Void> make(Database database, List<Addition> moves, Instant from) {
        SourceStore sources = new SourceStore(database.pool());
        Future<Void> done = Future.succeededFuture();
        for (Addition move : moves) {
            done = done.compose(before -> sources.add(move, from));
        }
        return done;
    }
}
