package vn.kydai.it;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One device's token, one reader's token and one address that do all they can: floods by MQTT on many connections, the largest
 * batches, heads a byte at a time, sockets that never say who they are, streams, folds of the past, guesses of passwords.
 */
final class GreedyClient implements AutoCloseable {
    /** Another address than the others': what is bound by address is bound to this one. */
    private static final String ADDRESS = "127.0.0.2";

    private static final int CONNECTIONS = 20;
    private static final int IN_FLIGHT = 500;
    private static final int POSTERS = 8;
    private static final int BATCH = 2_000;
    private static final int READERS = 8;
    private static final int GUESSERS = 4;
    private static final int SOCKETS = 500;
    private static final long BYTE_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final ServerProcess server;
    private final String device;
    private final String token;
    private final String reader;
    private final String area;
    private final AtomicLong numbers = new AtomicLong(System.nanoTime());
    private final Map<String, LongAdder> told = new ConcurrentSkipListMap<>();
    private final Queue<Mqtt5AsyncClient> clients = new ConcurrentLinkedQueue<>();
    private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
    private final HttpClient http;
    private volatile boolean isOver;

    GreedyClient(ServerProcess server, String device, String token, String reader, String area) throws IOException {
        this.server = server;
        this.device = device;
        this.token = token;
        this.reader = reader;
        this.area = area;
        this.http = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ADDRESS))
                .build();
    }

    /** Begins with all of it. */
    void begin() {
        IntStream.range(0, CONNECTIONS).forEach(this::flood);
        String batch = "application/cloudevents-batch+json";
        many(POSTERS, () -> tell("batch", send("/api/v1/events", "Bearer " + token, batch, batch())));
        many(READERS, () -> tell("past", send("/api/v1/areas/477/wall?at=" + past(), "Bearer " + reader, null, "")));
        many(GUESSERS, () -> tell("guess", send("/api/v1/session", null, "application/json", guess())));
        many(1, this::open);
    }

    /** Returns what was answered, by kind and status. */
    String told() {
        return told.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().sum())
                .collect(Collectors.joining(", "));
    }

    private void tell(String kind, int status) {
        told.computeIfAbsent(kind + " " + status, first -> new LongAdder()).increment();
    }

    /** A deed that is done again and again. */
    private interface Deed {
        void run() throws Exception;
    }

    private void many(int count, Deed deed) {
        for (int i = 0; i < count; i++) {
            Thread.ofPlatform().daemon().name("greedy-" + i).start(() -> {
                while (!isOver) {
                    try {
                        deed.run();
                    } catch (InterruptedException e) {
                        return;
                    } catch (Exception e) {
                        tell(e.getClass().getSimpleName(), 0);
                    }
                }
            });
        }
    }

    private int send(String path, String authorization, String type, String body)
            throws IOException, InterruptedException {
        URI uri = server.http(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (type != null) {
            request.header("Content-Type", type).POST(BodyPublishers.ofString(body));
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private String ticket() {
        long number = numbers.incrementAndGet();
        return "{\"id\":\"" + number + "\",\"ticket\":\"G" + number + "\",\"step\":\"issued\"}";
    }

    private String batch() {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"type\":\"vn.kydai.ticket.v1\",\"id\":\""
                        + numbers.incrementAndGet() + "\",\"data\":{\"ticket\":\"G" + i + "\",\"step\":\"issued\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String past() {
        return "2026-01-01T00:00:00Z";
    }

    private String guess() {
        return "{\"user\":\"guess-" + numbers.incrementAndGet() + "\",\"password\":\"wrong password\"}";
    }

    private void flood(int number) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .transportConfig()
                .serverHost("127.0.0.1")
                .serverPort(server.mqttPort())
                .localAddress(ADDRESS)
                .applyTransportConfig()
                .identifier("greedy-" + number)
                .automaticReconnectWithDefaultConfig()
                .buildAsync();
        clients.add(client);
        client.connectWith()
                .simpleAuth()
                .username(device)
                .password(token.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send()
                .thenAccept(connected -> IntStream.range(0, IN_FLIGHT).forEach(i -> publish(client)));
    }

    private void publish(Mqtt5AsyncClient client) {
        if (isOver) {
            return;
        }
        client.publishWith()
                .topic("kydai/v1/" + area + "/" + device + "/ticket")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(ticket().getBytes(StandardCharsets.UTF_8))
                .send()
                .whenComplete((done, failure) -> {
                    tell("mqtt", failure == null ? 0 : 1);
                    publish(client);
                });
    }

    /** Half of them say a byte of a head now and then, half never say to MQTT who they are. */
    private void open() throws IOException {
        for (int i = sockets.size(); i < SOCKETS && !isOver; i++) {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(ADDRESS, 0));
            int port = i % 2 == 0 ? server.http("/").getPort() : server.mqttPort();
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            sockets.put(socket, i % 2 == 0);
        }
        for (Map.Entry<Socket, Boolean> each : List.copyOf(sockets.entrySet())) {
            try {
                if (each.getValue()) {
                    each.getKey().getOutputStream().write('G');
                }
            } catch (IOException closed) {
                tell("socket closed", 0);
                sockets.remove(each.getKey());
            }
        }
        LockSupport.parkNanos(BYTE_EVERY_NS);
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        clients.forEach(client -> client.disconnect().exceptionally(gone -> null));
        for (Socket socket : sockets.keySet()) {
            socket.close();
        }
        http.shutdownNow();
    }
}
