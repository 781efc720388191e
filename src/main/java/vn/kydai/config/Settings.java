package vn.kydai.config;

/**
 * Every setting, as one tree: the record components are the keys of {@code config/kydai.yaml}
 * ({@code ingest.mqtt.port}). Numbers carry their unit in the name.
 */
public record Settings(
        Http http,
        Management management,
        Ingest ingest,
        Journal journal,
        Aggregate aggregate,
        Database database,
        Wall wall,
        Outbound outbound,
        Report report,
        Demo demo) {
    /** The public HTTP server. */
    public record Http(
            @Key(value = "address to listen on", min = 1) String host,

            @Key(value = "port of the API, the walls and the WebSocket; 0 takes any free one", max = 65_535)
            int port,

            @Key("certificate chain, a PEM file; with tlsKey turns TLS on")
            String tlsCertificate,

            @Key("private key of the certificate, a PEM file")
            String tlsKey,

            @Key(value = "most connections at once", min = 1)
            int maxConnections,

            @Key(value = "how long a browser's session lasts without use", unit = "min", min = 1)
            int sessionMinutes) {}

    /** Health and metrics, on their own address. */
    public record Management(
            @Key(value = "address to listen on", min = 1) String host,

            @Key(value = "port of /metrics and /health; 0 takes any free one", max = 65_535)
            int port) {}

    /** Ways in. */
    public record Ingest(
            @Key(value = "how far in the future an event may lie", unit = "s")
            int clockSkewSeconds,

            @Key(value = "largest single event", unit = "byte", min = 1_024)
            int maxEventBytes,

            @Key(
                    value = "most that one source may have of the journal's queue and of the requests that wait",
                    unit = "%",
                    min = 1,
                    max = 100)
            int sharePercent,

            Mqtt mqtt,
            HttpIngest http) {}

    /** The MQTT endpoint. */
    public record Mqtt(
            @Key(value = "embedded: our own endpoint", allowed = "embedded", notYet = "broker")
            String mode,

            @Key(value = "address to listen on", min = 1) String host,

            @Key(value = "port; 0 takes any free one", max = 65_535)
            int port,

            @Key(value = "port of MQTT over TLS, used when a certificate is given", max = 65_535)
            int tlsPort,

            @Key("certificate chain, a PEM file; with tlsKey turns TLS on")
            String tlsCertificate,

            @Key("private key of the certificate, a PEM file")
            String tlsKey,

            @Key(value = "port of MQTT over WebSocket; 0 turns it off", max = 65_535)
            int webSocketPort,

            @Key(value = "most connections at once", min = 1)
            int maxConnections,

            @Key(value = "most connections of one source; its longest silent one gives way", min = 1)
            int maxConnectionsPerSource,

            @Key(value = "most unacknowledged messages of one connection", min = 1, max = 65_535)
            int maxInFlight,

            @Key(
                    value = "longest keep-alive; who is silent for half as long again is taken for gone",
                    unit = "s",
                    min = 1,
                    max = 65_535)
            int maxKeepAliveSeconds) {}

    /** {@code POST /api/v1/events}. */
    public record HttpIngest(
            @Key(value = "largest body", unit = "byte", min = 1_024)
            int maxBodyBytes,

            @Key(value = "most events of one body", min = 1) int maxEvents,

            @Key(value = "most requests waiting for their commit", min = 1)
            int maxRequests,

            @Key(value = "most bytes of bodies held at once, of all requests", unit = "byte", min = 1_024)
            int maxHeldBytes) {}

    /** The journal. */
    public record Journal(
            @Key(value = "most events waiting to be written", min = 1)
            int queueEvents,

            @Key(value = "most bytes waiting to be written", unit = "byte", min = 1_024)
            int queueBytes,

            @Key(value = "most events of one transaction", min = 1, max = 10_000)
            int batchEvents,

            @Key(value = "newest events kept in memory for readers", min = 1)
            int tailEvents,

            @Key(value = "how long a repeated (source, id) is recognised", unit = "d", min = 1)
            int dedupDays,

            @Key(value = "how many days' partitions are made ahead", unit = "d", min = 1)
            int partitionDaysAhead) {}

    /** The figures: how they are kept over a restart, and how late an event may come. */
    public record Aggregate(
            @Key(value = "how late an event may come and still change rollups", unit = "d", min = 1, max = 36_500)
            int latenessDays,

            @Key(value = "most events from one checkpoint to the next", min = 1_000)
            int checkpointEvents,

            @Key(value = "time between two checkpoints", unit = "s", min = 1)
            int checkpointSeconds,

            @Key(
                    value =
                            "most dossier, ticket and rating events each of one source that count on one day of receipt",
                    min = 1_000)
            int eventsPerSourceDay) {}

    /** PostgreSQL. */
    public record Database(
            @Key(
                    value =
                            "postgresql://user:password@host:port/name of an external server; empty starts the embedded one",
                    beginsWith = {"postgresql://", "postgres://"},
                    secret = true)
            String uri,

            @Key(value = "port of the embedded server; 0 takes any free one", max = 65_535)
            int embeddedPort,

            @Key(
                    value = "most connections of the server itself besides the writer's, and as many for what is read",
                    min = 2,
                    max = 100)
            int poolSize,

            @Key(value = "s: longest time the database works on one question of a reader", min = 1, max = 3_600)
            int readSeconds) {}

    /** The wall. */
    public record Wall(
            @Key(value = "shortest time between two patches", unit = "ms", min = 20)
            int tickMs,

            @Key(value = "time between heartbeats", unit = "ms", min = 100)
            int heartbeatMs,

            @Key(value = "how long a socket may stay full before it is closed with 4008", unit = "ms", min = 100)
            int stallMs,

            @Key(value = "ticks held per scope for a socket that comes back", min = 1)
            int resumeTicks,

            @Key(value = "most sockets at once", min = 1) int maxSockets,

            @Key(value = "most replays and folds of the past at once", min = 1)
            int maxReplays) {}

    /** Ways out. */
    public record Outbound(Cap cap) {}

    /** What messages of the Common Alerting Protocol 1.2 (OASIS) say of who sends them. */
    public record Cap(
            @Key(
                    value = "name of this installation as sender, unique in the world: best an internet domain",
                    min = 1,
                    without = " ,<&")
            String sender,

            @Key(
                    value = "status of every message; the demo never says Actual",
                    allowed = {"Actual", "Exercise", "Test"})
            String status,

            @Key(
                    value = "for whom messages are meant",
                    allowed = {"Public", "Restricted"})
            String scope,

            @Key(value = "to whom messages of scope Restricted may be given", min = 1)
            String restriction,

            @Key(
                    value = "how long a message holds; while the alarm stands another one follows",
                    unit = "h",
                    min = 1,
                    max = 720)
            int expiresHours) {}

    /** Reports. */
    public record Report(Index766 index766) {}

    /** Points of the components of Quyết định 766/QĐ-TTg that events can prove, of 100. */
    public record Index766(
            @Key(value = "points for results in time", max = 100)
            int onTime,

            @Key(value = "points for dossiers digitised on receipt", max = 100)
            int digitised,

            @Key(value = "points for online services", max = 100)
            int onlineServices,

            @Key(value = "points for online payment", max = 100)
            int onlinePayment) {}

    /** The demo's simulator. */
    public record Demo(
            @Key(value = "seed of everything random in it", max = Long.MAX_VALUE)
            long seed,

            @Key(value = "how much faster than the clock its day runs", min = 1, max = 3_600)
            int speed) {}

    /** What holds where neither the file nor the environment says otherwise. */
    public static final Settings DEFAULTS = new Settings(
            new Http("127.0.0.1", 8080, "", "", 10_000, 720),
            new Management("127.0.0.1", 8081),
            new Ingest(
                    300,
                    65_536,
                    25,
                    new Mqtt("embedded", "127.0.0.1", 1883, 8883, "", "", 0, 10_000, 100, 1_000, 300),
                    new HttpIngest(4_194_304, 5_000, 1_000, 67_108_864)),
            new Journal(100_000, 67_108_864, 1_000, 10_000, 35, 7),
            new Aggregate(35, 50_000, 30, 50_000),
            new Database("", 0, 4, 30),
            new Wall(200, 3_000, 10_000, 50, 10_000, 4),
            new Outbound(new Cap("kydai", "Actual", "Restricted", "role reader of this installation", 24)),
            new Report(new Index766(20, 8, 12, 10)),
            new Demo(477, 1));

    /** Returns the same for a server whose events are made up: it must never tell anybody that an alarm is real. */
    public Settings madeUp() {
        Cap cap = outbound.cap();
        if (!cap.status().equals("Actual")) {
            return this;
        }
        Cap tried = new Cap(cap.sender(), "Test", cap.scope(), cap.restriction(), cap.expiresHours());
        return new Settings(
                http, management, ingest, journal, aggregate, database, wall, new Outbound(tried), report, demo);
    }
}
