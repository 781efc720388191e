package vn.kydai.browser;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import vn.kydai.event.codec.Json;

/** A scripted server that speaks the wall's contract to one page: it can fall silent, skip a patch, die and return. */
final class WallServer implements AutoCloseable {
    static final String TOKEN = "a-wall-token";

    private static final Path WEB = Path.of("target/classes/web");
    private static final Path MAP = Path.of("config/map.geojson");
    private static final Path FIGURES = Path.of("target/classes/figures.json");
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");
    private static final long PAST_SEQ = 1L << 40;
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");
    private static final Set<String> SHORT_NAMES =
            Set.of("/wall", "/counter", "/setup", "/reports", "/operator", "/signin");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "js", "text/javascript",
            "css", "text/css",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "geojson", "application/geo+json");

    private final Vertx vertx;
    private final WallDay day;
    private final long heartbeat;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> served = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile HttpServer http;
    private volatile String build = "0.1.0+test";
    private volatile String epoch = "2026-11-25T00:30:11Z";
    private volatile boolean mute;
    private volatile boolean forbids;
    private volatile boolean away;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger servedBytes = new AtomicInteger();
    private final AtomicLong seq = new AtomicLong(513);
    private volatile ObjectNode document;
    private volatile ObjectNode past;

    WallServer(Vertx vertx, WallDay day) {
        this.vertx = vertx;
        this.day = day;
        this.document = day.document();
        this.past = document;
        this.http = listen(0);
        this.heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), timer -> beat());
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.actualPort() + path;
    }

    /** Every subscribe and ping of the pages so far. */
    List<String> heard() {
        return heard;
    }

    /** Every path answered so far. */
    List<String> served() {
        return served;
    }

    /** Bytes of all bodies so far, compressed as they would be. */
    int servedBytes() {
        return servedBytes.get();
    }

    void mute(boolean on) {
        mute = on;
    }

    /** Refuses sockets, as a proxy does whose server is down. */
    void goAway() {
        away = true;
        cut();
    }

    /** Every refused attempt of a session to connect, in nanoseconds of this machine. */
    List<Attempt> attempts() {
        return attempts;
    }

    /** How many tokens were exchanged for a session. */
    int exchanged() {
        return sessions.get();
    }

    /** One refused attempt. */
    record Attempt(String session, long nanos) {}

    void forbid() {
        forbids = true;
    }

    /** What later snapshots show. */
    void show(ObjectNode next) {
        document = next;
    }

    /** Answers an address, with or without its query, with a JSON of its own. */
    void answer(String address, String json) {
        answers.put(address, json);
    }

    /** What a replay shows. */
    void showPast(ObjectNode then) {
        past = then;
    }

    /** Names another build from the next connection on. */
    void deploy(String newBuild) {
        build = newBuild;
    }

    /** Closes the sockets, keeping what the pages may resume. */
    void cut() {
        sockets.forEach(socket -> socket.close().onFailure(failure -> {}));
    }

    /** Sends a merge patch that follows the last one. */
    void patch(ObjectNode data) {
        long previous = seq.getAndIncrement();
        send(message("patch").put("prev", previous).put("seq", previous + 1).<ObjectNode>set("data", data));
    }

    /** Sends a patch whose predecessor the page has never seen. */
    void patchAfterGap(ObjectNode data) {
        long now = seq.addAndGet(2);
        send(message("patch").put("prev", now - 1).put("seq", now).<ObjectNode>set("data", data));
    }

    /** Stops as a killed process does. */
    int die() {
        int port = http.actualPort();
        await(http.close());
        sockets.clear();
        return port;
    }

    /** Starts again on the same port, as another process. */
    void returnOn(int port) {
        epoch = "2026-11-25T07:00:00Z";
        seq.set(7);
        http = listen(port);
    }

    private HttpServer listen(int port) {
        HttpServerOptions options = new HttpServerOptions().setWebSocketSubProtocols(List.of("kydai.wall.v1"));
        return await(
                vertx.createHttpServer(options).requestHandler(this::answer).listen(port, "127.0.0.1"));
    }

    private void answer(HttpServerRequest request) {
        String path = requireNonNullElse(request.path(), "/");
        served.add(path);
        String own = answers.getOrDefault(request.uri(), answers.get(path));
        if (path.equals("/api/v1/session") && HttpMethod.POST.equals(request.method())) {
            request.body().onSuccess(body -> signIn(request, body.toString())).onFailure(failure -> fail(request, 400));
        } else if (own != null) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(own)
                    .onFailure(failure -> {});
        } else if (path.equals("/api/v1/wall")) {
            wall(request);
        } else if (path.equals("/api/v1/figures")) {
            file(request, FIGURES);
        } else {
            file(request, page(SHORT_NAMES.contains(path) ? path + ".html" : path));
        }
    }

    private void signIn(HttpServerRequest request, String body) {
        if (body.equals("{\"token\":\"" + TOKEN + "\"}")) {
            request.response()
                    .putHeader(
                            "Set-Cookie",
                            "kydai=" + sessions.incrementAndGet() + "; Path=/; HttpOnly; SameSite=Strict");
            request.response()
                    .end("{\"name\":\"lan\",\"role\":\"operator\",\"scope\":\"477\"}")
                    .onFailure(failure -> {});
        } else {
            fail(request, 401);
        }
    }

    private void wall(HttpServerRequest request) {
        if (request.getCookie("kydai") == null) {
            fail(request, 401);
        } else if (request.getHeader("Upgrade") == null) {
            fail(request, away ? 503 : 426);
        } else if (away) {
            attempts.add(new Attempt(request.getCookie("kydai").getValue(), System.nanoTime()));
            fail(request, 503);
        } else {
            request.toWebSocket().onSuccess(this::open).onFailure(failure -> {});
        }
    }

    private void open(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(closed -> sockets.remove(socket));
        socket.textMessageHandler(text -> {
            heard.add(text);
            if (text.contains("\"subscribe\"") && !mute) {
                subscribed(socket, text);
            }
        });
        write(
                socket,
                message("hello")
                        .put("protocol", 1)
                        .put("build", build)
                        .put("epoch", epoch)
                        .put("heartbeatMs", HEARTBEAT.toMillis())
                        .put("scope", "477"));
    }

    private void subscribed(ServerWebSocket socket, String text) {
        Matcher at = AT.matcher(text);
        if (forbids) {
            write(socket, Json.MAPPER.createObjectNode().put("type", "error").put("code", "forbidden"));
            socket.close((short) 4003).onFailure(failure -> {});
        } else if (at.find()) {
            ObjectNode snapshot = message("snapshot").put("seq", PAST_SEQ).put("position", "80000");
            write(socket, snapshot.put("at", at.group(1)).<ObjectNode>set("data", past));
        } else {
            ObjectNode snapshot = message("snapshot").put("seq", seq.get()).put("position", "81220");
            write(socket, snapshot.<ObjectNode>set("data", document));
        }
    }

    private void beat() {
        send(message("heartbeat").put("seq", seq.get()));
    }

    private ObjectNode message(String type) {
        return Json.MAPPER.createObjectNode().put("type", type).put("at", Json.time(day.now()));
    }

    private void send(ObjectNode message) {
        if (!mute) {
            sockets.forEach(socket -> write(socket, message));
        }
    }

    private static void write(ServerWebSocket socket, ObjectNode message) {
        socket.writeTextMessage(Json.text(message)).onFailure(failure -> {});
    }

    private static Path page(String path) {
        return path.equals("/map.geojson")
                ? MAP
                : WEB.resolve(path.substring(1)).normalize();
    }

    private void file(HttpServerRequest request, Path file) {
        if (!Files.isRegularFile(file)) {
            fail(request, 404);
            return;
        }
        String name = file.toString();
        String type = name.substring(name.lastIndexOf('.') + 1);
        byte[] content = read(file);
        servedBytes.addAndGet(type.equals("woff2") ? content.length : gzipped(content));
        request.response()
                .putHeader("Content-Type", TYPES.getOrDefault(type, "text/plain"))
                .putHeader("Content-Security-Policy", policy(type, content))
                .end(Buffer.buffer(content))
                .onFailure(failure -> {});
    }

    /** Stricter than the product's: not even style attributes. */
    private static String policy(String type, byte[] content) {
        Matcher map = IMPORT_MAP.matcher(new String(content, StandardCharsets.UTF_8));
        String hash = type.equals("html") && map.find() ? " 'sha256-" + digest(map.group(1)) + "'" : "";
        return "default-src 'none'; script-src 'self'" + hash
                + "; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int gzipped(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size();
    }

    private static void fail(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end().onFailure(failure -> {});
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.cancelTimer(heartbeat);
        await(http.close());
    }
}
