package vn.kydai.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * What a load process is to do, one JSON object on its standard input; a further line ends it. Exactly one part is
 * there.
 */
public record LoadOrder(@Nullable Publish publish, @Nullable Watch watch) {
    /** How events are sent. */
    public enum Way {
        MQTT,
        HTTP
    }

    /** What is sent. */
    public enum Mix {
        /** Readings in order, each once. */
        READINGS,
        /** The same, and what anemometers send makes alarms come and go. */
        ALARMS,
        /** The flood of docs/performance.md: mixed kinds, late, repeated and out of order. */
        FLOOD
    }

    /**
     * Where the server is.
     *
     * @param http {@code http://host:port}
     * @param wallToken of the screens
     * @param scope of the screens
     */
    public record Server(String http, String mqttHost, int mqttPort, String wallToken, String scope) {}

    /**
     * Sends events.
     *
     * @param run unique, begins every event's id
     * @param clients connections
     * @param window most unacknowledged messages of an MQTT connection; an HTTP connection has one request
     * @param batch events an HTTP request
     * @param rate events a second over all clients, each with a scheduled moment; 0 sends as fast as answers come
     * @param warmupSeconds sent before measuring
     * @param isWatching whether a wall is watched for the events to appear
     */
    public record Publish(
            Server server,
            Fleet fleet,
            String run,
            Way way,
            Mix mix,
            int clients,
            int window,
            int batch,
            double rate,
            double warmupSeconds,
            double seconds,
            boolean isWatching) {}

    /**
     * Looks at walls, which stay open until the process is told to stop.
     *
     * @param walls sockets that read
     * @param stalled sockets that subscribe and never read
     * @param settleSeconds between the last picture asked for and measuring
     */
    public record Watch(Server server, int walls, int stalled, double settleSeconds, double seconds) {}
}
