package vn.kydai.alarm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Picture;

/** The newest picture, and who waits for one that shows what was just done. Thread-safe. */
final class NewestPicture {
    private final List<Waiter> waiters = new ArrayList<>();
    private @Nullable Picture newest;

    private record Waiter(long position, Promise<Picture> promise) {}

    /** Takes the next picture. */
    void show(Picture picture) {
        List<Waiter> due = new ArrayList<>();
        synchronized (this) {
            newest = picture;
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (waiter.position() <= picture.position()) {
                    due.add(waiter);
                    each.remove();
                }
            }
        }
        due.forEach(waiter -> waiter.promise().tryComplete(picture));
    }

    /** Returns the newest picture, or refuses with 503 while there is none. */
    synchronized Picture get() {
        if (newest == null) {
            throw new Problem(503, "there is no picture yet", Map.of("Retry-After", "1"));
        }
        return newest;
    }

    /** Completes with a picture of a position or a later one, on whatever thread brings it. */
    synchronized Future<Picture> at(long position) {
        Picture picture = newest;
        if (picture != null && picture.position() >= position) {
            return Future.succeededFuture(picture);
        }
        Promise<Picture> promise = Promise.promise();
        waiters.add(new Waiter(position, promise));
        return promise.future();
    }
}
