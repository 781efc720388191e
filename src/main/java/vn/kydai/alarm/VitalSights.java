package vn.kydai.alarm;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.alarm.Sight.Found;
import vn.kydai.alarm.Sight.Judgement;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;
import vn.kydai.journal.Receipt;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRule.Vital;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.WorkingCalendar;

/** What the rules see of the server itself. Pure. */
record VitalSights(Picture picture, Vitals vitals, Registry registry) {
    /**
     * Returns the one thing a rule watches.
     *
     * @param area whose people the rule tells, as it stands now; absent where the rule does not say
     */
    List<Sight> of(AlarmRule rule, @Nullable String area) {
        Found found = switch (Vital.of(rule.quantity())) {
            case JOURNAL_LAG -> Found.of(vitals.lagSeconds(), "s");
            case DISK_FREE -> Found.of(vitals.diskFreePercent(), "%");
            case REFUSED -> Found.of(vitals.refused(), null);
            case CONFIGURATION -> Found.of(vitals.problems(), null);
            case SET_ASIDE -> Found.of((double) picture.setAside().size(), null);
            case CLOCK -> Found.of(vitals.clockOffSeconds(), "s");
        };
        Judgement judgement = found.value() == null ? Judgement.HELD : Judgement.JUDGED;
        String told = area == null ? served(rule, found) : area;
        return List.of(new Sight(Receipt.SELF, told, rule.steps(), found, judgement));
    }

    /** The smallest area that has most sources: its people are told, and those of every area above it. */
    private String served(AlarmRule rule, Found found) {
        Picture.Alarm standing = picture.alarms().get(Alarm.id(rule.id(), Receipt.SELF));
        if (standing != null && standing.isActive()) {
            return standing.area();
        }
        if (found.value() == null || found.value() == 0) {
            return Receipt.SELF; // nothing is raised, so nobody is told
        }
        LocalDate date = WorkingCalendar.dateOf(picture.at());
        Map<String, Integer> sources = new HashMap<>();
        int all = 0;
        for (Sources.Source source : registry.sources().all()) {
            if (!source.isRevoked()) {
                all++;
                for (String area = registry.areaOf(source, picture.at());
                        area != null;
                        area = registry.areas().parent(area, date)) {
                    sources.merge(area, 1, Integer::sum);
                }
            }
        }
        int half = all / 2;
        return sources.entrySet().stream()
                .filter(area -> area.getValue() > half)
                .min(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparingInt(area -> picture.subtree(area.getKey()).size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseGet(() -> picture.areas().keySet().stream().findFirst().orElse(Receipt.SELF));
    }
}
