package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** The map of the configuration as GeoJSON (RFC 7946). */
public final class GeoJson {
    private GeoJson() {}

    /**
     * Returns the map a file holds; empty when it is JSON and no list of features.
     *
     * @throws IOException when it is no JSON that can be read whole
     */
    public static Optional<JsonNode> map(byte[] file) throws IOException {
        JsonNode map = Json.MAPPER.readTree(file);
        return Optional.of(map).filter(found -> found.path("features").isArray());
    }
}
