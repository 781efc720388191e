package vn.kydai.wall;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Peer;
import vn.kydai.access.Problem;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Verdict;
import vn.kydai.event.codec.Json;
import vn.kydai.wall.ClientMessage.After;
import vn.kydai.wall.ClientMessage.Malformed;
import vn.kydai.wall.ClientMessage.Ping;
import vn.kydai.wall.ClientMessage.Subscribe;
import vn.kydai.wall.Frames.ErrorCode;

/** Everybody who looks at a wall, and the newest picture. All on the wall's context; {@link #context} is the way in. */
final class Hub implements Replay.Stage {
    /** Sign-ins are asked about again this often, in time and in heartbeats, whichever comes first. */
    private static final long RECHECK_MS = 30_000;

    private static final long RECHECK_BEATS = 10;

    private final Vertx vertx;
    private final Context context;
    private final WallParts parts;
    private final WallMetrics metrics;
    private final Channels channels;
    private final Past past;
    private final Answers answers;
    private final Instant epoch;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Promise<Void> emptied = Promise.promise();
    private volatile @Nullable Picture picture;
    private boolean stopping;

    Hub(Vertx vertx, Context context, WallParts parts, WallMetrics metrics) {
        this.vertx = vertx;
        this.context = context;
        this.parts = parts;
        this.metrics = metrics;
        channels = new Channels(parts.settings().resumeTicks(), metrics);
        past = new Past(vertx, parts.journal(), parts.folds(), parts.settings().maxReplays(), metrics);
        answers = new Answers(vertx, context, this::picture, channels, past, parts);
        epoch = parts.clock().instant();
    }

    Context context() {
        return context;
    }

    Answers answers() {
        return answers;
    }

    /** Returns the newest picture, or refuses while there is none; from any thread. */
    Picture picture() {
        Picture newest = picture;
        if (newest == null) {
            throw new Problem(503, "the wall has no picture yet", Map.of("Retry-After", "1"));
        }
        return newest;
    }

    /** Shows everybody the next picture. */
    void show(Picture next) {
        picture = next;
        for (Session session : channels.show(next)) {
            session.say(Frames.error(null, ErrorCode.UNKNOWN_AREA, "the area is no longer in the tree"));
            session.leave();
        }
    }

    /**
     * Greets a new socket.
     *
     * @param peer whom it is to
     * @param recheck tells whether the viewer is still signed in
     */
    Session greet(Caller.Viewer viewer, ServerWebSocket socket, Peer peer, Supplier<Future<Boolean>> recheck) {
        Outlet outlet = new Outlet(
                vertx, context, socket, peer, metrics, parts.settings().stallMs());
        Session session = new Session(viewer, recheck, outlet, metrics);
        context.runOnContext(v -> {
            sessions.add(session);
            session.say(Frames.hello(
                    parts.build(), epoch, clock().instant(), parts.settings().heartbeatMs(), viewer.scope()));
            if (stopping) {
                outlet.close(CloseCode.GOING_AWAY);
            }
        });
        return session;
    }

    /** Forgets a socket that is gone. */
    void forget(Session session) {
        session.outlet().gone();
        session.leave();
        channels.leave(session);
        sessions.remove(session);
        if (stopping && sessions.isEmpty()) {
            emptied.tryComplete();
        }
    }

    /** Takes a message of a client. */
    void hear(Session session, String text) {
        if (session.outlet().isClosing()) {
            return;
        }
        if (!session.mayTalk()) {
            session.offend(null, "too many messages");
            return;
        }
        switch (ClientMessage.read(text)) {
            case Ping ping -> session.say(Frames.ok(ping.rid(), clock().instant()));
            case Malformed malformed -> session.offend(malformed.rid(), malformed.detail());
            case Subscribe subscribe -> subscribe(session, subscribe);
        }
    }

    private void subscribe(Session session, Subscribe request) {
        Verdict verdict = picture().judge(session.viewer().scope(), request.scope());
        if (verdict == Verdict.FOREIGN) {
            forbid(session, request);
        } else if (request.at() != null
                && (verdict == Verdict.WITHIN || parts.isArea().test(request.scope()))) {
            replay(session, request, request.at());
        } else if (verdict == Verdict.UNKNOWN) {
            session.say(Frames.error(request.rid(), ErrorCode.UNKNOWN_AREA, request.scope() + " is not in the tree"));
        } else {
            channels.leave(session);
            session.leave();
            live(session, request);
        }
    }

    private void forbid(Session session, Subscribe request) {
        session.say(Frames.error(
                request.rid(),
                ErrorCode.FORBIDDEN,
                "This token may see " + session.viewer().scope() + ", not " + request.scope() + "."));
        session.outlet().close(CloseCode.FORBIDDEN);
    }

    private void live(Session session, Subscribe request) {
        ScopeFeed feed = channels.join(session, request.scope(), picture());
        acknowledge(session, request);
        After after = request.after();
        Optional<List<ScopeFeed.Patch>> missed =
                after == null || !after.epoch().equals(Json.time(epoch)) ? Optional.empty() : feed.since(after.seq());
        missed.ifPresentOrElse(
                patches -> session.resume(feed, patches, Frames.heartbeat(feed.seq(), clock().instant())),
                () -> session.follow(feed));
    }

    private void acknowledge(Session session, Subscribe request) {
        if (request.rid() != null) {
            session.say(Frames.ok(request.rid(), clock().instant()));
        }
    }

    private void replay(Session session, Subscribe request, Instant from) {
        if (from.isAfter(clock().instant())) {
            session.offend(request.rid(), "at: lies in the future");
            return;
        }
        channels.leave(session);
        session.leave();
        Optional<PastFold> fold = past.open(session.viewer(), clock().instant(), why -> {
            session.say(
                    why == Past.Why.OVER
                            ? Frames.error(null, ErrorCode.ENDED, "a replay lasts half an hour; begin it again")
                            : Frames.error(null, ErrorCode.BUSY, "the replay gave way to another; begin it again"));
            session.leave();
        });
        if (fold.isEmpty()) {
            session.say(Frames.error(request.rid(), ErrorCode.BUSY, "too many replays, try again later"));
            return;
        }
        acknowledge(session, request);
        Replay replay = new Replay(vertx, fold.get(), session, request, this);
        session.play(replay);
        replay.start(from);
    }

    @Override
    public InstantSource clock() {
        return parts.clock();
    }

    @Override
    public long tickMs() {
        return parts.settings().tickMs();
    }

    @Override
    public boolean isAllowed(Session session, String area, Picture then) {
        String scope = session.viewer().scope();
        return picture().isWithin(scope, area) || then.isWithin(scope, area);
    }

    @Override
    public void goLive(Session session, Subscribe request) {
        if (picture().isWithin(session.viewer().scope(), request.scope())) {
            session.follow(channels.join(session, request.scope(), picture()));
        } else {
            session.say(Frames.error(request.rid(), ErrorCode.UNKNOWN_AREA, "the area is no longer in the tree"));
        }
    }

    /** Tells every socket that the server lives, and asks now and then whether it may stay. */
    void beat() {
        Instant now = clock().instant();
        past.endLongest(now);
        Map<Long, String> texts = new HashMap<>();
        long recheckBeats = Math.clamp(RECHECK_MS / parts.settings().heartbeatMs(), 1, RECHECK_BEATS);
        for (Session session : sessions) {
            int beats = session.beat(seq -> texts.computeIfAbsent(seq, number -> Frames.heartbeat(number, now)));
            if (beats % recheckBeats == 0) {
                session.isStillSignedIn().onSuccess(holds -> {
                    if (!holds) {
                        context.runOnContext(v -> session.outlet().close(CloseCode.SIGNED_OUT));
                    }
                });
            }
        }
    }

    /** Ends every socket. */
    Future<Void> stop() {
        stopping = true;
        sessions.forEach(session -> session.outlet().close(CloseCode.GOING_AWAY));
        if (sessions.isEmpty()) {
            emptied.tryComplete();
        }
        return emptied.future();
    }
}
