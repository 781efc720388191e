package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Place;

/** A place on the map as JSON: {@code latitude} and {@code longitude}, degrees WGS84. */
public final class PlaceJson {
    private PlaceJson() {}

    /** Adds a place to what stands there; nothing where it is not known. */
    public static void put(ObjectNode node, @Nullable Place place) {
        if (place != null) {
            node.put("latitude", place.latitude()).put("longitude", place.longitude());
        }
    }
}
