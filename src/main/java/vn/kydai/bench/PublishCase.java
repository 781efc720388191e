package vn.kydai.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.kydai.bench.Plan.Part;
import vn.kydai.bench.load.Fleet;
import vn.kydai.bench.load.LoadOrder;
import vn.kydai.bench.load.LoadOrder.Mix;
import vn.kydai.bench.load.LoadOrder.Way;

/**
 * A load of events.
 *
 * @param clients connections
 * @param batch events an HTTP request
 * @param rate events a second; 0 = as fast as answers come
 */
record PublishCase(Part part, Way way, Mix mix, int clients, int batch, double rate) {
    /** Unacknowledged messages over all connections when there is no rate: several of the journal's batches. */
    private static final int IN_FLIGHT = 5_000;

    /** With a rate: so many that no window holds a server back that keeps up, and the journal's queue never overflows. */
    private static final int IN_FLIGHT_PACED = 20_000;

    private static final int FEWEST_IN_FLIGHT = 4;

    /** Under the server's bound of 1,000 a connection. */
    private static final int MOST_IN_FLIGHT = 500;

    private static final int HTTP_CONNECTIONS = 10;
    private static final double TARGET_RATE = 1_000;
    private static final double HIGH_RATE = 4_000;

    /** A gateway or link that returns with its backlog. */
    private static final double BURST_RATE = 10_000;

    /** Returns those of a plan, in the order they are run. */
    static List<PublishCase> all(Plan plan) {
        List<PublishCase> cases = new ArrayList<>();
        for (int clients : plan.clients()) {
            cases.add(mqtt(clients, TARGET_RATE));
            cases.add(mqtt(clients, 0));
        }
        int most = plan.clients().getLast();
        cases.add(mqtt(most, HIGH_RATE));
        cases.add(mqtt(most, BURST_RATE));
        for (int batch : new int[] {1, 100, 1_000}) {
            cases.add(new PublishCase(Part.HTTP, Way.HTTP, Mix.READINGS, HTTP_CONNECTIONS, batch, 0));
        }
        cases.add(new PublishCase(Part.HTTP, Way.HTTP, Mix.READINGS, HTTP_CONNECTIONS, 100, TARGET_RATE));
        for (double rate : new double[] {TARGET_RATE, HIGH_RATE, BURST_RATE, 0}) {
            cases.add(new PublishCase(Part.FLOOD, Way.MQTT, Mix.FLOOD, most, 1, rate));
        }
        cases.add(new PublishCase(Part.ALARMS, Way.MQTT, Mix.ALARMS, most, 1, TARGET_RATE));
        return cases.stream().filter(found -> plan.has(found.part())).toList();
    }

    /** Returns those that are run on a grown journal. */
    static List<PublishCase> grown(Plan plan) {
        int clients = plan.clients().get(plan.clients().size() / 2);
        return List.of(mqtt(clients, TARGET_RATE), mqtt(clients, 0));
    }

    /** Returns what makes a fresh server compile what it runs most: each way in, all kinds. */
    static List<PublishCase> warmups() {
        return List.of(
                new PublishCase(Part.HTTP, Way.HTTP, Mix.READINGS, HTTP_CONNECTIONS, 20, 0),
                new PublishCase(Part.FLOOD, Way.MQTT, Mix.FLOOD, 50, 1, 0));
    }

    private static PublishCase mqtt(int clients, double rate) {
        return new PublishCase(Part.MQTT, Way.MQTT, Mix.READINGS, clients, 1, rate);
    }

    String table() {
        return switch (part) {
            case MQTT -> "MQTT QoS 1, readings";
            case HTTP -> "HTTP batches, readings";
            case FLOOD -> "Flood mix over MQTT QoS 1";
            case ALARMS -> "Alarms among readings, MQTT QoS 1";
            default -> part.name();
        };
    }

    String name() {
        String size = way == Way.MQTT
                ? ""
                : String.format(Locale.ROOT, " × %,d event%s a request", batch, batch == 1 ? "" : "s");
        String pace = rate > 0 ? String.format(Locale.ROOT, "%,.0f/s", rate) : "unpaced";
        return clients + (clients == 1 ? " client" : " clients") + size + ", " + pace;
    }

    private int window() {
        int all = rate > 0 ? IN_FLIGHT_PACED : IN_FLIGHT;
        return Math.clamp(all / clients, FEWEST_IN_FLIGHT, MOST_IN_FLIGHT);
    }

    LoadOrder order(LoadOrder.Server server, Fleet fleet, String run, Plan plan) {
        return new LoadOrder(
                new LoadOrder.Publish(
                        server,
                        fleet,
                        run,
                        way,
                        mix,
                        clients,
                        window(),
                        batch,
                        rate,
                        plan.warmupSeconds(),
                        plan.seconds(),
                        true),
                null);
    }
}
