package vn.kydai.outbound;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.registry.AlarmRule.Guidance;
import vn.kydai.registry.Template;
import vn.kydai.registry.WorkingCalendar;

/** Puts notices into words of one language. Pure. */
final class Wording {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu", Locale.ROOT).withZone(WorkingCalendar.ZONE);
    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern GAPS = Pattern.compile(" {2,}");
    private static final Pattern LOOSE_STOP = Pattern.compile(" +([.,:;)])");

    private final String language;
    private final Words words;
    private final Template text;

    /**
     * Creates it.
     *
     * @param language {@code vi} or {@code en}
     * @param text absent: the product's own
     */
    Wording(String language, @Nullable Template text) {
        this.language = language;
        this.words = Words.of(language);
        this.text = text == null ? new Template(words.text("text")) : text;
    }

    /** Returns what templates show of a notice, by place; {@code text} and {@code textAscii} among them. */
    Map<String, String> places(Notice notice, String key) {
        Alarm alarm = notice.alarm();
        Measure measure = notice.measure();
        Map<String, String> places = new LinkedHashMap<>();
        places.put("key", key);
        places.put("alarm", alarm.id());
        places.put("rule", alarm.rule());
        places.put("area", notice.journaled().event().area());
        places.put("areaName", language.equals("vi") ? notice.areaName() : notice.areaNameEn());
        places.put("source", alarm.source());
        places.put("sourceName", notice.sourceName());
        String title = notice.title(language);
        places.put("title", title);
        places.put("what", title.isEmpty() ? notice.sourceName() : title + ": " + notice.sourceName());
        places.put("step", step(notice));
        places.put("severity", words.of("severity", Integer.toString(measure.severity())));
        places.put("level", Integer.toString(measure.level()));
        places.put("quantity", measure.quantity());
        places.put("value", number(measure.value()));
        places.put("unit", measure.value() == null || measure.unit() == null ? "" : measure.unit());
        places.put("threshold", number(measure.threshold()));
        places.put("at", time(notice.journaled().event().eventTime()));
        places.put("to", alarm.to() == null ? "" : alarm.to());
        Guidance guidance = guidance(notice);
        places.put("reason", guidance == null ? "" : guidance.reason());
        places.put("who", guidance == null ? "" : guidance.who());
        places.put("consequence", guidance == null ? "" : guidance.consequence());
        places.put("response", guidance == null ? "" : String.join("\n", guidance.response()));
        places.put("by", alarm.by() == null ? "" : alarm.by());
        places.put("note", alarm.note() == null ? "" : alarm.note());
        String rendered = tidy(text.render(place -> places.getOrDefault(place, "")));
        places.put("text", rendered);
        places.put("textAscii", ascii(rendered));
        return places;
    }

    private String step(Notice notice) {
        Duration age = notice.age();
        if (notice.alarm().step() == Alarm.Step.ESCALATED && age != null) {
            String minutes = Long.toString(Math.max(1, age.toMinutes()));
            return new Template(words.text("escalatedAfter")).render(place -> minutes);
        }
        return words.of("step", notice.alarm().step().id());
    }

    /** Returns local time to the minute. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    private @Nullable Guidance guidance(Notice notice) {
        if (notice.rule() == null) {
            return null;
        }
        Guidance english = notice.rule().english();
        return language.equals("en") && english != null
                ? english
                : notice.rule().guidance();
    }

    private String number(@Nullable Double value) {
        DecimalFormatSymbols symbols =
                DecimalFormatSymbols.getInstance(language.equals("vi") ? Locale.of("vi", "VN") : Locale.ROOT);
        return value == null ? "" : new DecimalFormat("0.###", symbols).format(value);
    }

    /** What is not known leaves gaps behind. */
    private static String tidy(String rendered) {
        return LOOSE_STOP
                .matcher(GAPS.matcher(rendered).replaceAll(" "))
                .replaceAll("$1")
                .strip();
    }

    /** Vietnamese without its marks, for short messages that count 70 characters with them and 160 without. */
    static String ascii(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return bare.replace('đ', 'd').replace('Đ', 'D').replaceAll("[^\\x0A\\x20-\\x7E]", "?");
    }
}
