package vn.kydai.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a JSON array apart into the texts of its elements without reading them, so that one which is no JSON takes nobody
 * with it. Only quotes, brackets and commas count.
 */
final class JsonElements {
    private final Buffer body;
    private final List<Buffer> elements = new ArrayList<>();
    private int at;
    private int start;
    private int depth = 1;

    private JsonElements(Buffer body) {
        this.body = body;
    }

    /** Returns the elements' texts; empty when where they end cannot be told. */
    static Optional<List<Buffer>> of(Buffer body) {
        JsonElements elements = new JsonElements(body);
        return elements.isTakenApart() ? Optional.of(elements.elements) : Optional.empty();
    }

    private boolean isTakenApart() {
        skipBlank();
        if (at == body.length() || body.getByte(at) != '[') {
            return false;
        }
        start = ++at;
        while (at < body.length() && depth > 0) {
            next();
        }
        skipBlank();
        return depth == 0 && at == body.length();
    }

    private void next() {
        switch (body.getByte(at)) {
            case '"' -> skipString();
            case '[', '{' -> depth++;
            case ']', '}' -> {
                depth--;
                if (depth == 0) {
                    end();
                }
            }
            case ',' -> {
                if (depth == 1) {
                    end();
                }
            }
            default -> {}
        }
        at++;
    }

    private void end() {
        elements.add(body.slice(start, at));
        start = at + 1;
    }

    /** Leaves {@link #at} on the closing quote, or at the end. */
    private void skipString() {
        at++;
        while (at < body.length() && body.getByte(at) != '"') {
            at += body.getByte(at) == '\\' ? 2 : 1;
        }
    }

    private void skipBlank() {
        while (at < body.length() && body.getByte(at) <= ' ' && body.getByte(at) > 0) {
            at++;
        }
    }
}
