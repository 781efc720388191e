package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import vn.kydai.config.Settings;

/**
 * What messages of the Common Alerting Protocol are made of beside the alarms.
 *
 * @param map file with the outlines of the areas (GeoJSON); where there is none messages have no polygon
 */
public record CapParts(Settings.Cap settings, Path map) {
    /** Name of the map in the configuration directory. */
    public static final String MAP_FILE = "map.geojson";

    public CapParts {
        requireNonNull(settings, "settings is null");
        requireNonNull(map, "map is null");
    }
}
