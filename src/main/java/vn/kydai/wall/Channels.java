package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

/** The live feeds and who follows them: one a scope, kept for a while after its last socket has gone. */
final class Channels {
    /** A minute at five pictures a second. */
    private static final int LINGER_PICTURES = 300;

    private final WallDocument documents = new WallDocument();
    private final int resumeTicks;
    private final WallMetrics metrics;
    private final Map<String, Channel> channels = new HashMap<>();

    /** A seq is never used twice in an epoch: what a socket holds under it would be something else. */
    private final Map<String, Long> usedSeqs = new HashMap<>();

    private static final class Channel {
        private final ScopeFeed feed;
        private final Set<Session> sessions = new LinkedHashSet<>();
        private int idlePictures;

        Channel(ScopeFeed feed) {
            this.feed = feed;
        }
    }

    Channels(int resumeTicks, WallMetrics metrics) {
        this.resumeTicks = resumeTicks;
        this.metrics = metrics;
    }

    /** Lets a session follow a scope that the picture knows. */
    ScopeFeed join(Session session, String scope, Picture picture) {
        Channel channel = channels.computeIfAbsent(scope, id -> open(id, picture));
        channel.sessions.add(session);
        channel.idlePictures = 0;
        return channel.feed;
    }

    private Channel open(String scope, Picture picture) {
        ObjectNode document = documents.of(picture, scope).orElseThrow();
        return new Channel(new ScopeFeed(resumeTicks, usedSeqs.getOrDefault(scope, 0L) + 1, picture, document));
    }

    /** Takes a session off whatever it follows. */
    void leave(Session session) {
        channels.values().forEach(channel -> channel.sessions.remove(session));
    }

    /**
     * Shows every feed the next picture.
     *
     * @return the sessions whose area the picture's tree no longer knows
     */
    List<Session> show(Picture picture) {
        Set<Session> lost = new LinkedHashSet<>();
        for (Iterator<Map.Entry<String, Channel>> open = channels.entrySet().iterator(); open.hasNext(); ) {
            Map.Entry<String, Channel> entry = open.next();
            Channel channel = entry.getValue();
            Optional<ObjectNode> document = documents.of(picture, entry.getKey());
            document.ifPresent(shown -> show(entry.getKey(), channel, picture, shown));
            boolean idle = channel.sessions.isEmpty() && ++channel.idlePictures > LINGER_PICTURES;
            if (document.isEmpty() || idle) {
                lost.addAll(channel.sessions);
                usedSeqs.put(entry.getKey(), channel.feed.seq());
                open.remove();
            }
        }
        return List.copyOf(lost);
    }

    private void show(String scope, Channel channel, Picture picture, ObjectNode document) {
        Instant before = newest(channel.feed.picture(), scope);
        Instant newest = newest(picture, scope);
        // What only time changed has no event to measure from.
        Instant ingested = newest == null || newest.equals(before) ? null : newest;
        channel.feed.show(picture, document).ifPresent(patch -> {
            metrics.ticks.increment();
            metrics.patchSize.record(patch.text().length());
            channel.sessions.forEach(session -> session.tick(patch, ingested));
        });
    }

    private static @Nullable Instant newest(Picture picture, String scope) {
        Picture.Area area = picture.areas().get(scope);
        return area == null ? null : area.asOf();
    }

    /** Returns the text of an area's newest document, empty when the picture's tree does not know it. */
    Optional<String> answer(Picture picture, String scope) {
        Channel channel = channels.get(scope);
        if (channel != null) {
            return Optional.of(Frames.answer(picture.position(), picture.at(), channel.feed.data()));
        }
        return documents
                .of(picture, scope)
                .map(document -> Frames.answer(picture.position(), picture.at(), Json.text(document)));
    }
}
