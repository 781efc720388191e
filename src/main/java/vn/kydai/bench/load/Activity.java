package vn.kydai.bench.load;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** What a load process does; both methods on one event loop. */
interface Activity {
    /** Does it, and tells how far it is. */
    Future<LoadReport> run(Consumer<Phase> phases);

    /** Ends it, early or not; what is under way is waited for. */
    void stop();
}
