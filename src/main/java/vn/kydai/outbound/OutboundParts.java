package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.kydai.journal.Journal;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Channels;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;

/**
 * What the ways out are built from.
 *
 * @param channels gives those in force, whose secrets are there
 * @param rules gives those in force
 * @param registry gives what is known now
 * @param roster tells who is on duty
 * @param environment value of an environment variable that holds a secret; null without one
 */
public record OutboundParts(
        Journal journal,
        Pool pool,
        Supplier<Channels> channels,
        Supplier<AlarmRules> rules,
        Supplier<Registry> registry,
        Supplier<Roster> roster,
        UnaryOperator<@Nullable String> environment,
        InstantSource clock,
        MeterRegistry meters,
        CapParts cap) {
    public OutboundParts {
        requireNonNull(journal, "journal is null");
        requireNonNull(pool, "pool is null");
        requireNonNull(channels, "channels is null");
        requireNonNull(cap, "cap is null");
    }
}
