package vn.kydai.simulate;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Event;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/**
 * The demo's clients: a connection for each source that has a token, one for each gateway and all behind it. Lives on
 * one Vert.x context.
 */
final class Fleet {
    private static final Logger LOGGER = LoggerFactory.getLogger(Fleet.class);

    private static final int MQTT5_DESKS = 6;
    private static final int MQTT3_DESKS = 3;
    private static final int MQTT_WINDOW = 50;
    private static final int HTTP_BATCH = 500;
    /** A month of a desk, or a day of all sensors behind a gateway. */
    private static final long LOOK_MS = 50;

    private static final int OUTBOX_PARCELS = 20_000;
    private static final int SIREN_PARCELS = 1_000;

    private final Context context;
    private final ServerAddress server;
    private final HttpClient http;
    private final long seed;
    private final InstantSource clock;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Member> members = new HashMap<>();
    private Answer answers = Answer.NONE;
    private long dropped;

    /** How a source speaks. */
    private enum Speech {
        MQTT5,
        MQTT5_QOS0,
        MQTT3,
        HTTP
    }

    /** One connection, and how its events are packed. */
    private record Member(Link link, Function<Event, Parcel> packing) {}

    Fleet(Context context, ServerAddress server, HttpClient http, long seed, InstantSource clock) {
        this.context = context;
        this.server = server;
        this.http = http;
        this.seed = seed;
        this.clock = clock;
    }

    /** Connects every source that has a token. */
    void start(Sources registered, Map<String, String> tokens) {
        List<Source> inOrder = registered.all().stream()
                .filter(source -> !source.isRevoked())
                .sorted(Comparator.comparing(Source::id))
                .toList();
        inOrder.forEach(source -> sources.put(source.id(), source));
        int desks = 0;
        int others = 0;
        boolean isCounterFound = false;
        for (Source source : inOrder) {
            Optional<String> token = Optional.ofNullable(tokens.get(source.id()));
            if (token.isEmpty() || source.behind() != null) {
                continue;
            }
            if (source.isSiren()) {
                addSiren(source, Credentials.of(source.id(), token.get()));
                continue;
            }
            Speech speech = source.kind() == SourceKind.DESK ? deskSpeech(desks++) : otherSpeech(source, others++);
            if (!isCounterFound && isTrafficCounter(source)) {
                isCounterFound = true;
                speech = Speech.MQTT5_QOS0;
            }
            add(source, Credentials.of(source.id(), token.get()), speech);
        }
        members.values().forEach(member -> member.link().start());
    }

    /** Hands an event to its source's connection. When the outbox is full it is lost, as in a device whose memory is. */
    void send(Event event) {
        Source source = sources.get(event.source());
        String sender = source == null || source.behind() == null ? event.source() : source.behind();
        Member member = members.get(sender);
        if (member == null || !member.link().offer(member.packing().apply(event))) {
            dropped++;
        }
    }

    /** Returns how many parcels are unanswered. */
    int unanswered() {
        return members.values().stream()
                .mapToInt(member -> member.link().unanswered())
                .sum();
    }

    /** Goes on once everything sent so far, and what was sent meanwhile, is answered. */
    void whenAnswered(Vertx vertx, Runnable then) {
        vertx.setTimer(LOOK_MS, look -> {
            if (unanswered() == 0) {
                then.run();
            } else {
                whenAnswered(vertx, then);
            }
        });
    }

    /** Returns how many events had no connection or no room. */
    long dropped() {
        return dropped;
    }

    /** Returns the sum of all answers so far. */
    Answer answers() {
        return answers;
    }

    /** Returns how many connections it keeps. */
    int size() {
        return members.size();
    }

    /** Says good-bye on every connection. */
    Future<Void> stop() {
        return Future.join(members.values().stream()
                        .map(member -> member.link().stop())
                        .toList())
                .mapEmpty();
    }

    private static Speech deskSpeech(int number) {
        if (number < MQTT5_DESKS) {
            return Speech.MQTT5;
        }
        return number < MQTT5_DESKS + MQTT3_DESKS ? Speech.MQTT3 : Speech.HTTP;
    }

    private static Speech otherSpeech(Source source, int number) {
        return source.kind() == SourceKind.GATEWAY || number % 2 == 0 ? Speech.MQTT5 : Speech.MQTT3;
    }

    /** One lost count of cars matters little: QoS 0 will do. */
    private static boolean isTrafficCounter(Source source) {
        return source.metrics().stream().anyMatch(metric -> metric.metric().equals("vehicles"));
    }

    private void add(Source source, Credentials credentials, Speech speech) {
        Supplier<Wire> wires = switch (speech) {
            case MQTT5 -> () -> new Mqtt5Wire(context, server.mqtt(), credentials, MqttQos.AT_LEAST_ONCE);
            case MQTT5_QOS0 -> () -> new Mqtt5Wire(context, server.mqtt(), credentials, MqttQos.AT_MOST_ONCE);
            case MQTT3 -> () -> new Mqtt3Wire(context, server.mqtt(), credentials);
            case HTTP -> () -> new HttpWire(http, server.http(), credentials);
        };
        Outbox outbox = speech == Speech.HTTP
                ? new Outbox(OUTBOX_PARCELS, 1, HTTP_BATCH)
                : new Outbox(OUTBOX_PARCELS, MQTT_WINDOW, 1);
        boolean isSmall = source.kind() == SourceKind.SENSOR && speech != Speech.HTTP;
        add(source, wires, outbox, isSmall ? Parcel::flat : Parcel::cloudEvent);
    }

    private void add(Source source, Supplier<Wire> wires, Outbox outbox, Function<Event, Parcel> packing) {
        Link link = new Link(context, wires, outbox, Draws.stream(seed, source.id() + "/jitter", 0), observer(source));
        members.put(source.id(), new Member(link, packing));
    }

    /** A siren listens on its area's topic, and answers what it sounds by its own clock. */
    private void addSiren(Source source, Credentials credentials) {
        Siren siren = new Siren(source);
        String topic = "kydai/v1/" + source.areaAt(clock.instant()) + "/alarm";
        Mqtt5Wire.Listening listening = new Mqtt5Wire.Listening(
                topic, message -> siren.heard(message, clock.instant()).forEach(blast -> sound(siren, blast)));
        Supplier<Wire> wires =
                () -> new Mqtt5Wire(context, server.mqtt(), credentials, MqttQos.AT_LEAST_ONCE, listening);
        add(source, wires, new Outbox(SIREN_PARCELS, MQTT_WINDOW, 1), Parcel::flat);
    }

    private void sound(Siren siren, Siren.Blast blast) {
        context.owner()
                .setTimer(
                        Math.max(1, blast.after().toMillis()),
                        sounded -> siren.answer(blast, clock.instant()).ifPresent(this::send));
    }

    /** Logs only the first trouble of a row. */
    private Link.Observer observer(Source source) {
        boolean[] isTroubled = {false};
        return new Link.Observer(
                answer -> {
                    isTroubled[0] = false;
                    answers = answers.plus(answer);
                },
                problem -> {
                    if (!isTroubled[0]) {
                        LOGGER.atWarn()
                                .addKeyValue("source", source.id())
                                .addKeyValue("problem", problem.getMessage())
                                .log("not connected, trying again");
                    }
                    isTroubled[0] = true;
                });
    }
}
