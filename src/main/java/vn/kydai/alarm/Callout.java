package vn.kydai.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Escalation;
import vn.kydai.registry.Roster;

/**
 * Whose turn it is to be told of what nobody has acknowledged: the persons on duty at an instant, one after the other. The next one is the
 * first who has not been told yet, so that a change of shifts passes over nobody and tells nobody twice. Who is due is told
 * even when one before could be told only now, so that a server that was down leaves nobody out. The step says by how many
 * channels in force the person is told: none is none, and then the next one's turn comes all the same. Pure.
 */
record Callout(Roster roster, Areas areas, Instant now) {
    /** Returns the next step of an alarm, if it is due and there is somebody. */
    Optional<Alarm> next(Picture.Alarm alarm, Escalation escalation) {
        Instant since = alarm.escalation().since();
        int told = alarm.escalation().level();
        List<Duration> after = escalation.after(alarm.measure().severity());
        if (since == null || told >= after.size() || since.plus(after.get(told)).isAfter(now)) {
            return Optional.empty();
        }
        return roster.onDuty(areas, alarm.area(), now).stream()
                .filter(person -> !alarm.escalation().hasTold(person.user()))
                .findFirst()
                .map(person -> Alarm.escalated(
                                alarm.rule(), alarm.source(), alarm.occurrence(), told + 1, person.user())
                        .toldBy(person.channels().size()));
    }
}
