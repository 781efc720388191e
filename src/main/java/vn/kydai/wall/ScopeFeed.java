package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;

/**
 * One scope's document and its newest ticks, encoded once for every socket. Pure state; one thread.
 *
 * <p>A tick is a picture that changed the document: a picture that did not only moves {@code position} and {@code at}.
 */
final class ScopeFeed {
    /** What the held ticks may weigh together: past it the oldest go before their number is reached. */
    private static final int MAX_HELD_CHARS = 1_048_576;

    private final int heldTicks;
    private final DocumentText texts = new DocumentText();
    private final Deque<Patch> held = new ArrayDeque<>();
    private final Map<Long, String> merged = new HashMap<>();
    private long heldChars;
    private long seq;
    private Picture picture;
    private ObjectNode document;
    private @Nullable String data;
    private @Nullable String snapshot;

    /** One tick, ready to be sent. */
    record Patch(long prev, long seq, String text) {}

    /**
     * Starts with a document.
     *
     * @param heldTicks ticks to keep for sockets that come back
     * @param seq number of the first document; higher than any this scope has used in this epoch
     */
    ScopeFeed(int heldTicks, long seq, Picture picture, ObjectNode document) {
        this.heldTicks = heldTicks;
        this.seq = seq;
        this.picture = picture;
        this.document = document;
    }

    /** Moves on to the next picture; empty when it changes nothing. */
    Optional<Patch> show(Picture next, ObjectNode shown) {
        picture = next;
        snapshot = null;
        merged.clear();
        ObjectNode changes = MergePatch.diff(document, shown);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        document = shown;
        data = null;
        seq++;
        Patch patch = new Patch(seq - 1, seq, Frames.patch(seq - 1, seq, picture.position(), picture.at(), changes));
        hold(patch);
        return Optional.of(patch);
    }

    private void hold(Patch patch) {
        held.addLast(patch);
        heldChars += patch.text().length();
        while (held.size() > heldTicks || heldChars > MAX_HELD_CHARS) {
            heldChars -= held.removeFirst().text().length();
        }
    }

    long seq() {
        return seq;
    }

    ObjectNode document() {
        return document;
    }

    Picture picture() {
        return picture;
    }

    /** Returns the document's text, encoded once a tick. */
    String data() {
        if (data == null) {
            data = texts.of(document);
        }
        return data;
    }

    /** Returns the newest snapshot frame, built once a picture. */
    String snapshot() {
        if (snapshot == null) {
            snapshot = Frames.snapshot(seq, picture.position(), picture.at(), data());
        }
        return snapshot;
    }

    /** Returns the ticks after one, oldest first; empty when they are not all held any more. */
    Optional<List<Patch>> since(long after) {
        if (after == seq) {
            return Optional.of(List.of());
        }
        if (after > seq || held.isEmpty() || after < held.getFirst().prev()) {
            return Optional.empty();
        }
        return Optional.of(held.stream().filter(patch -> patch.prev() >= after).toList());
    }

    /** Returns one patch from an older document to the newest; sockets that skipped the same ticks share it. */
    String merged(long from, ObjectNode old) {
        return merged.computeIfAbsent(
                from,
                prev -> Frames.patch(prev, seq, picture.position(), picture.at(), MergePatch.diff(old, document)));
    }
}
