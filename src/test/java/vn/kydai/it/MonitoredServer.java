package vn.kydai.it;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vn.kydai.wall.RawSocket;

/** The jar under a small steady load by HTTP and MQTT, with a wall open. */
final class MonitoredServer implements AutoCloseable {
    private static final String AREA = "19897";
    private static final String DESK = "watched-desk";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final long LOAD_MS = 100;
    private static final int GAP = 499;

    final ServerProcess server;
    private final Path data;
    private final TestTokens tokens;
    private final Api api;
    private final WallSocket wall;
    private final Mqtt5AsyncClient mqtt;
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
    private final List<RawSocket> deaf = new ArrayList<>();
    private int round;
    private int rejected;
    private int wrong;
    private int seq = 1;

    private MonitoredServer(Path data, TestTokens tokens, ServerProcess server) throws Exception {
        this.data = data;
        this.tokens = tokens;
        this.server = server;
        this.api = new Api(server, tokens.reader());
        this.wall = WallSocket.open(server, tokens.reader());
        this.mqtt = MqttClient.builder()
                .useMqttVersion5()
                .identifier(DESK)
                .serverHost("127.0.0.1")
                .serverPort(server.mqttPort())
                .buildAsync();
        mqtt.connectWith()
                .simpleAuth()
                .username(DESK)
                .password(tokens.of(DESK).getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send()
                .get(10, TimeUnit.SECONDS);
    }

    static MonitoredServer start(Path data) throws Exception {
        TestTokens tokens =
                TestTokens.registerMeasuringDesk(data, DESK, Map.of("water_level", "m", "temperature", "Cel"), AREA);
        ServerProcess server = new ServerProcess(data, DecidedCalendar.in(data));
        server.set("KYDAI_WALL_STALL_MS", "1000");
        server.start();
        MonitoredServer started;
        try {
            started = new MonitoredServer(data, tokens, server);
        } catch (Exception e) {
            server.close();
            throw e;
        }
        started.post(List.of(event("first-bad", "reading", "{\"metric\":\"no_such\",\"value\":1,\"unit\":\"m\"}")));
        started.load.scheduleAtFixedRate(started::sendARound, 0, LOAD_MS, TimeUnit.MILLISECONDS);
        return started;
    }

    int managementPort() {
        return server.management("/").getPort();
    }

    void stopTheLoad() throws InterruptedException {
        load.shutdown();
        load.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Posts events of a metric nobody knows. */
    void postRejectedEvents(int count) throws Exception {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event("bad-" + rejected++, "reading", "{\"metric\":\"no_such\",\"value\":1,\"unit\":\"m\"}"));
        }
        post(events);
    }

    /** Posts an event between whose number and the one before, from the second time on, many are missing. */
    void postAGap() throws Exception {
        post(List.of(event(
                "seq-" + seq, "ticket", "{\"ticket\":\"S%d\",\"step\":\"issued\",\"seq\":%d}".formatted(seq, seq))));
        seq += GAP;
    }

    void signInWrongly(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            api.post("/api/v1/events", "wrong-" + wrong++, BATCH, "[]");
        }
    }

    /**
     * Lets some walls ask for one more snapshot each and read none; opens them, and others in place of those that were
     * cut. The kernel keeps some megabytes. Not to be called more than a few times a second: the server takes 32 messages
     * of a wall between two heartbeats.
     */
    void askWithoutReading(int walls) throws IOException {
        deaf.removeIf(MonitoredServer::isCut);
        while (deaf.size() < walls) {
            deaf.add(new RawSocket(server.http("/").getPort(), tokens.reader()));
        }
    }

    private static boolean isCut(RawSocket wall) {
        try {
            wall.send("{'type':'subscribe','scope':'477','view':'wall'}");
            return false;
        } catch (IOException cut) {
            wall.close();
            return true;
        }
    }

    /** Kills PostgreSQL under the running server. */
    void killPostgres() {
        server.postgresProcesses().forEach(ProcessHandle::destroyForcibly);
    }

    /** Connects as the server itself does: what an administrator's commands run as. */
    Connection connectAsOwner() throws IOException, SQLException {
        PgConnectOptions owner = options();
        return connect(owner.getUser(), owner.getPassword());
    }

    Connection connect(String user, String password) throws IOException, SQLException {
        PgConnectOptions options = options();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase()),
                user,
                password);
    }

    private PgConnectOptions options() throws IOException {
        return PgConnectOptions.fromUri(Files.readString(data.resolve("postgres/connection")));
    }

    private void sendARound() {
        int n = round++;
        try {
            post(List.of(
                    event("t-" + n, "ticket", "{\"ticket\":\"A%04d\",\"step\":\"issued\"}".formatted(n)),
                    event("d-" + n, "dossier", dossier(n, 2)),
                    event("e-" + n, "dossier", dossier(n / 2, n % 2 == 0 ? 9 : 10)),
                    event("r-" + n, "rating", "{\"level\":\"satisfied\"}"),
                    event("w-" + n, "reading", "{\"metric\":\"water_level\",\"value\":2.5,\"unit\":\"m\"}")));
        } catch (IOException gone) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mqtt.publishWith()
                .topic("kydai/v1/" + AREA + "/" + DESK + "/reading")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"id\":\"m-%d\",\"metric\":\"temperature\",\"value\":21.5,\"unit\":\"Cel\"}"
                        .formatted(n)
                        .getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static String dossier(int number, int status) {
        return ("{\"dossier\":\"000.00.21.H57-261124-%04d\",\"procedure\":\"1.004873\",\"status\":%d,\"channel\":\"counter\","
                        + "\"dueAt\":\"2026-01-05T10:00:00Z\"}")
                .formatted(number, status);
    }

    private HttpResponse<String> post(List<String> events) throws IOException, InterruptedException {
        return api.post("/api/v1/events", tokens.of(DESK), BATCH, "[" + String.join(",", events) + "]");
    }

    private static String event(String id, String kind, String fields) {
        return ("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/sources/" + DESK
                        + "\",\"type\":\"vn.kydai.%s.v1\",\"data\":%s}")
                .formatted(id, kind, fields);
    }

    @Override
    public void close() {
        load.shutdownNow();
        deaf.forEach(RawSocket::close);
        wall.close();
        api.close();
        mqtt.disconnect();
        server.close();
    }
}
