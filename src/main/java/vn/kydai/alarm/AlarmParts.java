package vn.kydai.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;
import vn.kydai.access.AuditLog;
import vn.kydai.journal.Journal;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;

/**
 * What the alarm stage is built from.
 *
 * @param rules gives those in force
 * @param vitals gives what the server knows of itself
 * @param registry gives what is known now
 * @param roster tells who is on duty
 */
public record AlarmParts(
        Journal journal,
        Supplier<AlarmRules> rules,
        Supplier<Vitals> vitals,
        Supplier<Registry> registry,
        Supplier<Roster> roster,
        AuditLog audit,
        InstantSource clock,
        MeterRegistry meters) {}
