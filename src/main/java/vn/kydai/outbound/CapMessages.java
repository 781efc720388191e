package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import vn.kydai.config.Settings;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.outbound.CapMessage.Sent;
import vn.kydai.registry.AlarmRules;

/**
 * What an alarm's steps say in the Common Alerting Protocol: a message a step, and while the alarm stands another one
 * whenever the last expires. What was given once is kept as it was.
 */
final class CapMessages {
    private final Settings.Cap settings;
    private final Supplier<AlarmRules> rules;
    private final Outlines outlines;

    CapMessages(CapParts parts, Supplier<AlarmRules> rules) {
        this.settings = parts.settings();
        this.rules = rules;
        this.outlines = new Outlines(parts.map());
    }

    /** Returns an alarm's newest message. Blocks while the map is read. */
    CapMessage withOutline(List<Journaled> steps, Picture.Alarm alarm, Picture picture) {
        return message(steps, alarm, picture, outlines.of(alarm.area(), picture));
    }

    /** Returns an alarm's newest message without the outline of its area. */
    CapMessage message(List<Journaled> steps, Picture.Alarm alarm, Picture picture) {
        return message(steps, alarm, picture, List.of());
    }

    private CapMessage message(List<Journaled> steps, Picture.Alarm alarm, Picture picture, List<String> polygons) {
        List<Sent> sent = new ArrayList<>();
        Notice notice = null;
        for (int i = 0; i < steps.size(); i++) {
            Journaled step = steps.get(i);
            Alarm said = (Alarm) step.event().data();
            Instant until = i + 1 < steps.size() ? steps.get(i + 1).event().eventTime() : picture.at();
            add(sent, said, step, until);
            notice = Notice.of(
                    step, said, picture, alarm, rules.get().find(said.rule()).orElse(null));
        }
        Picture.Area area = picture.areas().get(alarm.area());
        return new CapMessage(
                settings,
                sent,
                requireNonNull(notice, "there is a step"),
                area == null ? alarm.area() : area.code(),
                polygons);
    }

    private void add(List<Sent> sent, Alarm said, Journaled step, Instant until) {
        String identifier = said.id() + "/" + step.position();
        boolean isEnd = said.step() == Step.CLEARED || said.step() == Step.LATCHED;
        Instant at = step.event().eventTime();
        sent.add(new Sent(identifier, at, isEnd));
        Duration held = Duration.ofHours(settings.expiresHours());
        for (int again = 1; !isEnd && at.plus(held.multipliedBy(again)).isBefore(until); again++) {
            sent.add(new Sent(identifier + "/" + again, at.plus(held.multipliedBy(again)), false));
        }
    }
}
