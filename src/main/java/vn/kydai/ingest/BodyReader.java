package vn.kydai.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import vn.kydai.access.Problem;

/**
 * Reads one body with its bounds checked as it comes: what a length header says is not relied on. Confined to the
 * request's event loop.
 */
final class BodyReader {
    private final HttpServerRequest request;
    private final int maxBytes;
    private final Bodies.Part room;
    private final Promise<Buffer> whole = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long lastBytes;

    private BodyReader(HttpServerRequest request, int maxBytes, Bodies.Part room) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.room = room;
    }

    /**
     * Reads the body.
     *
     * @param room where it takes room for what it holds: all that is announced, before the first byte
     * @param pace within each of these the body must end or grow by at least 1 KiB
     * @return failed with a {@link Problem} when it is too large or too slow, or with the connection's failure
     */
    static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int maxBytes, Bodies.Part room, Duration pace) {
        BodyReader reader = new BodyReader(request, maxBytes, room);
        long timer = vertx.setPeriodic(pace.toMillis(), tick -> reader.checkPace());
        reader.start();
        return reader.whole.future().onComplete(read -> vertx.cancelTimer(timer));
    }

    private void start() {
        long announced = announced();
        if (announced > maxBytes) {
            fail(413, "the body is larger than " + maxBytes + " bytes");
        } else if (!room.growTo(announced)) {
            noRoom();
        }
        request.handler(this::take).endHandler(end -> whole.tryComplete(body)).exceptionHandler(whole::tryFail);
        request.resume();
    }

    private void take(Buffer chunk) {
        if (whole.future().isComplete()) {
            return;
        }
        if (body.length() + chunk.length() > maxBytes) {
            fail(413, "the body is larger than " + maxBytes + " bytes");
        } else if (room.growTo((long) body.length() + chunk.length())) {
            body.appendBuffer(chunk);
        } else {
            noRoom();
        }
    }

    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Math.max(0, Long.parseLong(length.strip()));
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    private void noRoom() {
        whole.tryFail(new Problem(
                429,
                "too many bytes of bodies are held (ingest.http.maxHeldBytes, of which one source has"
                        + " ingest.sharePercent); send again later",
                EventRoutes.RETRY_SOON));
    }

    private void checkPace() {
        if (body.length() < lastBytes + 1_024) {
            fail(408, "the body did not come");
        }
        lastBytes = body.length();
    }

    private void fail(int status, String detail) {
        whole.tryFail(new Problem(status, detail));
    }
}
