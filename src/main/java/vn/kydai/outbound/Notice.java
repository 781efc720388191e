package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Place;
import vn.kydai.event.codec.CloudEventJson;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.PlaceJson;
import vn.kydai.registry.AlarmRule;

/**
 * A step of an alarm with what its reader has to know: names instead of ids, how bad it is, what to do.
 *
 * @param measure what was found: by this step, else by the last that found something
 * @param age since it was raised; absent where it has been raised again since
 * @param areaName Vietnamese name of the area
 * @param sourceName name of what the alarm is about
 * @param place where its device stands on the map, if that is said
 * @param rule as it stands now; absent when it has been deleted since
 */
record Notice(
        Journaled journaled,
        Alarm alarm,
        Measure measure,
        @Nullable Duration age,
        String areaName,
        String areaNameEn,
        String sourceName,
        @Nullable Place place,
        @Nullable AlarmRule rule) {
    Notice {
        requireNonNull(journaled, "journaled is null");
        requireNonNull(alarm, "alarm is null");
        requireNonNull(measure, "measure is null");
    }

    /**
     * Resolves a step.
     *
     * @param shown the alarm in a picture of the step's position or a later one
     */
    static Notice of(Journaled journaled, Alarm alarm, Picture picture, Picture.Alarm shown, @Nullable AlarmRule rule) {
        Picture.Area area = picture.areas().get(journaled.event().area());
        String id = journaled.event().area();
        Picture.Sensor sensor = picture.sensors().get(alarm.source());
        return new Notice(
                journaled,
                alarm,
                alarm.measure() == null ? shown.measure() : alarm.measure(),
                alarm.occurrence() == shown.occurrence()
                        ? Duration.between(shown.raisedAt(), journaled.event().eventTime())
                        : null,
                area == null ? id : area.name(),
                area == null ? id : area.nameEn(),
                sourceName(alarm.source(), picture),
                sensor == null ? null : sensor.place(),
                rule);
    }

    private static String sourceName(String source, Picture picture) {
        Picture.Sensor sensor = picture.sensors().get(source);
        if (sensor != null && sensor.name() != null) {
            return sensor.name();
        }
        Picture.Area area = picture.areas().get(source);
        return area == null ? source : area.name();
    }

    /** Returns what people call the rule; empty where it has no title. */
    String title(String language) {
        AlarmRule.Title title = rule == null ? null : rule.title();
        return title == null ? "" : language.equals("en") ? title.en() : title.vi();
    }

    /** Writes it as a receiver gets it: type, timestamp and data, as Standard Webhooks recommends. */
    String document(String key, String textVi, String textEn) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("type", journaled.event().kind().type())
                .put("timestamp", Json.time(journaled.event().eventTime()))
                .put("key", key);
        ObjectNode data = node.putObject("data");
        data.set("event", CloudEventJson.write(journaled));
        data.put("alarm", alarm.id()).put("severity", measure.severity()).put("sourceName", sourceName);
        data.putObject("area")
                .put("id", journaled.event().area())
                .put("name", areaName)
                .put("nameEn", areaNameEn);
        if (place != null) {
            PlaceJson.put(data.putObject("place"), place);
        }
        data.putObject("text").put("vi", textVi).put("en", textEn);
        if (rule != null && rule.title() != null) {
            data.putObject("title").put("vi", title("vi")).put("en", title("en"));
        }
        if (rule != null) {
            ObjectNode guidance = data.putObject("guidance");
            write(guidance.putObject("vi"), rule.guidance());
            if (rule.english() != null) {
                write(guidance.putObject("en"), rule.english());
            }
        }
        return Json.text(node);
    }

    private static void write(ObjectNode node, AlarmRule.Guidance guidance) {
        node.put("who", guidance.who()).put("reason", guidance.reason()).put("consequence", guidance.consequence());
        ArrayNode response = node.putArray("response");
        guidance.response().forEach(response::add);
    }
}
