package vn.kydai.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;
import vn.kydai.meter.Meters;

/**
 * What must be true before the server is ready to receive, by name, and how the stages are that receiving does not wait for.
 * Thread-safe; checks must not block.
 */
public final class Health {
    private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);

    private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();

    private final Map<String, Supplier<List<String>>> notes = new ConcurrentSkipListMap<>();
    private final Map<String, Consumer<ObjectNode>> apart = new ConcurrentSkipListMap<>();
    private final Meters meters;

    /** Starts without checks; each shows in the registry too. */
    public Health(MeterRegistry registry) {
        this.meters = new Meters(registry, "ready");
    }

    /** Adds a check, red while it answers false or throws. */
    public void register(String name, BooleanSupplier check) {
        if (checks.putIfAbsent(name, check) != null) {
            throw new IllegalArgumentException("check " + name + " is registered twice");
        }
        meters.gauge(
                "check", "", "1 while the check of readiness is green", () -> isGreen(check) ? 1 : 0, "check", name);
    }

    /**
     * Adds a stage that receiving does not wait for; the report tells how it is.
     *
     * @param isUp its measure; false while it stands still
     * @param tell fills what the report says of it
     */
    public void apart(String name, BooleanSupplier isUp, Consumer<ObjectNode> tell) {
        if (apart.putIfAbsent(name, tell) != null || checks.containsKey(name)) {
            throw new IllegalArgumentException("stage " + name + " is registered twice");
        }
        meters.gauge(
                "check", "", "1 while the check of readiness is green", () -> isGreen(isUp) ? 1 : 0, "check", name);
    }

    /** Adds what the report should tell although the server is ready, while there is something to tell. */
    public void note(String name, Supplier<List<String>> lines) {
        if (notes.putIfAbsent(name, lines) != null) {
            throw new IllegalArgumentException("note " + name + " is registered twice");
        }
    }

    /** Tells whether every check is green. */
    public boolean isReady() {
        return checks.values().stream().allMatch(Health::isGreen);
    }

    /** Returns the answer of {@code /health/ready}: the status, each check, which ones are red, the stages apart, and notes. */
    Report report() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode states = body.putObject("checks");
        boolean isReady = true;
        for (Map.Entry<String, BooleanSupplier> check : checks.entrySet()) {
            boolean isGreen = isGreen(check.getValue());
            states.put(check.getKey(), isGreen ? "up" : "down");
            if (!isGreen) {
                isReady = false;
                body.withArrayProperty("notReady").add(check.getKey());
            }
        }
        notes.forEach((name, lines) -> lines.get()
                .forEach(line -> body.withObject("/notes").withArray(name).add(line)));
        apart.forEach((name, tell) -> tell.accept(body.putObject(name)));
        body.put("status", isReady ? "ready" : "not ready");
        return new Report(isReady, Json.text(body));
    }

    /** Readiness with its JSON form. */
    record Report(boolean isReady, String json) {}

    private static boolean isGreen(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            LOGGER.atDebug().setCause(e).log("a health check failed");
            return false;
        }
    }
}
