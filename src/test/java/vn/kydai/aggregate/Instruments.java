package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Findings;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.Parts;

/** A river gauge, rain gauges and an air station, with the limits that the product ships; times are local. */
final class Instruments {
    /** Configuration events at the start. */
    static final int CONFIGURATION = 3;

    private static final String SOURCES = """
            {"sources": [
              {"id": "river", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [1.5, 3, 4.5]}]},
              {"id": "canal", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "max": 2,
                 "calibrations": [{"from": "2026-11-25T09:00:00+07:00", "offset": 0.1},
                                  {"from": "2026-11-25T10:00:00+07:00", "offset": 0}]}]},
              {"id": "rain", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600}]},
              {"id": "total", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true, "levels": [10, 30]}]},
              {"id": "tips", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "{tip}", "cadenceSeconds": 600, "unitFactor": 0.5}]},
              {"id": "air", "kind": "sensor", "area": "19894", "name": "Không khí", "metrics": [
                {"metric": "pm25", "unit": "ug/m3", "cadenceSeconds": 1200, "levels": [50, 100, 150]},
                {"metric": "o3", "unit": "ug/m3", "cadenceSeconds": 1200}]}]}
            """;

    private final Story story = new Story();

    Instruments() {
        story.configure(Part.AREAS, Story.AREAS);
        story.configure(Part.SOURCES, SOURCES);
        story.tell(
                "configuration",
                "-",
                "2026-11-01T00:00",
                Parts.load(Path.of("config")).configuration(Part.THRESHOLDS));
    }

    Story story() {
        return story;
    }

    void tell(String source, String metric, String unit, Instant at, double value, @Nullable Quality quality) {
        story.tell(source, "19894", at, null, new Reading(metric, value, unit, quality));
    }

    void level(String source, String local, double metres) {
        tell(source, "water_level", "m", Story.at(local), metres, null);
    }

    void rain(String source, String local, double millimetres) {
        tell(source, "rain", "mm", Story.at(local), millimetres, null);
    }

    void dust(String local, double value) {
        tell("air", "pm25", "ug/m3", Story.at(local), value, null);
    }

    /** A pollutant's readings every 20 minutes, for some hours from a local time on. */
    void hours(String metric, String from, int hours, double value) {
        for (int index = 0; index < 3 * hours; index++) {
            // A last digit that changes, or they would be stuck.
            tell(
                    "air",
                    metric,
                    "ug/m3",
                    Story.at(from).plusSeconds(1_200L * index),
                    value + (index % 3 - 1) / 10.0,
                    null);
        }
    }

    Sensor at(String local, String key) {
        return Story.sensor(story.picture(local), key);
    }

    Findings findings(String local, String key) {
        return at(local, key).findings();
    }

    Picture picture(String local) {
        return story.picture(local);
    }

    double window(String local, String key, String window) {
        return requireNonNull(findings(local, key).windows().get(window), window);
    }
}
