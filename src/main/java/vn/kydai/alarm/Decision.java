package vn.kydai.alarm;

import java.time.Instant;
import vn.kydai.event.Alarm;

/**
 * A step the stage has decided on.
 *
 * @param eventId derived from rule, source, occurrence and transition: one repeated after a crash is a duplicate
 * @param at instant of the picture it was decided on
 */
record Decision(String eventId, String area, Instant at, Alarm alarm) {}
