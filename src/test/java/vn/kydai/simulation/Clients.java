package vn.kydai.simulation;

import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.ingest.SimulatedWayIn;
import vn.kydai.journal.Outcome;
import vn.kydai.simulation.Messages.Message;

/** Desks, sensors and gateways: each sends in order, keeps what is not acknowledged, and sends it again on a new connection. */
final class Clients {
    private static final int IN_FLIGHT = 5;
    private static final long AGAIN_MS = 3_000;

    private final VirtualTime time;
    private final Supplier<@Nullable Centre> centre;
    private final Heard onAnswer;
    private final TreeMap<String, Client> clients = new TreeMap<>();

    /**
     * Connects nobody yet.
     *
     * @param centre gives the process that runs now
     * @param onAnswer told of every acknowledgement
     */
    Clients(VirtualTime time, Supplier<@Nullable Centre> centre, Heard onAnswer) {
        this.time = time;
        this.centre = centre;
        this.onAnswer = onAnswer;
    }

    /** Hears of acknowledgements. */
    interface Heard {
        /** A message was acknowledged. */
        void answered(Message message, Outcome outcome);
    }

    /** Has something sent by whoever sends it. */
    void send(Message message) {
        Client client = clients.computeIfAbsent(message.sender(), none -> new Client());
        client.waiting.add(message);
        client.pump();
    }

    /** Breaks a client's connection: it does not know what became of what it sent. */
    void disconnect(String sender) {
        Client client = clients.get(sender);
        if (client != null) {
            client.reconnect();
        }
    }

    /** Breaks everybody's. */
    void disconnectAll() {
        clients.values().forEach(Client::reconnect);
    }

    List<String> senders() {
        return List.copyOf(clients.keySet());
    }

    /** Returns how many messages are not acknowledged. */
    int unacknowledged() {
        return clients.values().stream()
                .mapToInt(client -> client.waiting.size() + client.sent.size())
                .sum();
    }

    private final class Client {
        final Deque<Message> waiting = new ArrayDeque<>();
        final List<Message> sent = new ArrayList<>();
        private long connection;
        private boolean isAsleep;

        void reconnect() {
            connection++;
            for (int n = sent.size() - 1; n >= 0; n--) {
                waiting.addFirst(sent.get(n));
            }
            sent.clear();
            sleep();
        }

        private void sleep() {
            if (!isAsleep) {
                isAsleep = true;
                time.after(AGAIN_MS, () -> {
                    isAsleep = false;
                    pump();
                });
            }
        }

        void pump() {
            Centre current = centre.get();
            SimulatedWayIn wayIn = current == null ? null : current.wayIn();
            if (isAsleep) {
                return;
            }
            if (current == null || wayIn == null) {
                if (!waiting.isEmpty()) {
                    sleep();
                }
                return;
            }
            while (!waiting.isEmpty() && sent.size() < IN_FLIGHT && !isAsleep) {
                Message next = waiting.removeFirst();
                sent.add(next);
                long over = connection;
                wayIn.publish(next.sender(), next.source(), next.kind(), next.text())
                        .onComplete(ended -> current.process().after(1, () -> answered(over, next, ended)));
            }
        }

        private void answered(long over, Message message, AsyncResult<Outcome> ended) {
            if (over != connection) {
                return;
            }
            if (ended.failed()) {
                reconnect();
                return;
            }
            sent.remove(message);
            onAnswer.answered(message, ended.result());
            pump();
        }
    }
}
