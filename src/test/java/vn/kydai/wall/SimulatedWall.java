package vn.kydai.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

/** One scope's documents and ticks as sockets get them, and a screen that keeps its document by them; without sockets. */
public final class SimulatedWall {
    private static final int HELD_TICKS = 50;

    private final WallDocument documents = new WallDocument();
    private final String scope;
    private @Nullable ScopeFeed feed;

    public SimulatedWall(String scope) {
        this.scope = scope;
    }

    /** Moves on to the next picture; returns the patch's text if the document changed. */
    public Optional<String> show(Picture picture) {
        Optional<ObjectNode> document = documents.of(picture, scope);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        if (feed == null) {
            feed = new ScopeFeed(HELD_TICKS, 1, picture, document.get());
            return Optional.empty();
        }
        return feed.show(picture, document.get()).map(ScopeFeed.Patch::text);
    }

    /** Returns whether there is something to see yet. */
    public boolean isShown() {
        return feed != null;
    }

    /** Returns the text of the whole document as it is now. */
    public String text() {
        return feed == null ? "" : feed.data();
    }

    /** Returns the number of the newest tick. */
    public long seq() {
        return feed == null ? 0 : feed.seq();
    }

    /** Returns the newest snapshot frame. */
    public String snapshot() {
        return feed == null ? "{}" : feed.snapshot();
    }

    /** Returns the ticks after one; empty when they are not all held any more. */
    public Optional<List<String>> since(long seq) {
        return feed == null
                ? Optional.empty()
                : feed.since(seq)
                        .map(patches ->
                                patches.stream().map(ScopeFeed.Patch::text).toList());
    }

    /** What a screen has. */
    public static final class Screen {
        private JsonNode document = Json.MAPPER.createObjectNode();
        private long seq;

        /** Takes a frame. */
        public void take(String frame) {
            JsonNode message = read(frame);
            seq = message.path("seq").asLong();
            document = message.path("type").asText().equals("snapshot")
                    ? message.path("data")
                    : MergePatch.apply(document, message.path("data"));
        }

        /** Returns the text of what it shows. */
        public String text() {
            return Json.text(document);
        }

        public long seq() {
            return seq;
        }
    }

    private static JsonNode read(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame is no JSON", e);
        }
    }
}
