package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.event.Picture;

/** The documents of one scope, without sockets: what a benchmark may see of this package. */
public final class OneWall {
    private static final int HELD_TICKS = 50;

    private final WallDocument documents = new WallDocument();
    private final String scope;
    private final ScopeFeed feed;

    public OneWall(String scope, Picture first) {
        this.scope = scope;
        this.feed = new ScopeFeed(HELD_TICKS, 1, first, document(first));
    }

    /** Moves on to the next picture and returns the length of its patch, 0 when nothing changed. */
    public int show(Picture picture) {
        return feed.show(picture, document(picture))
                .map(patch -> patch.text().length())
                .orElse(0);
    }

    /** Returns the length of the newest snapshot. */
    public int snapshot() {
        return feed.snapshot().length();
    }

    private ObjectNode document(Picture picture) {
        return documents.of(picture, scope).orElseThrow();
    }
}
