package vn.kydai.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.GeoJson;

/**
 * Outlines of areas, from the map of the configuration, as CAP 1.2 writes a polygon: pairs {@code latitude,longitude} of
 * WGS 84 divided by blanks, at least four, the last the first again. What the file said last
 * stays while it is not there or cannot be read. Blocks.
 */
final class Outlines {
    private static final Logger LOGGER = LoggerFactory.getLogger(Outlines.class);

    /** A receiver tests each point of a phone's way against it. */
    private static final int MAX_POINTS = 100;

    private static final int FEWEST_POINTS = 4;
    private static final double FIRST_TOLERANCE = 0.000_1;
    private static final double MAX_LATITUDE = 90;
    private static final double MAX_LONGITUDE = 180;

    private final Path file;
    private byte[] read = {};
    private Map<String, List<String>> byId = Map.of();

    Outlines(Path file) {
        this.file = file;
    }

    private record Point(double latitude, double longitude) {
        String text() {
            return String.format(Locale.ROOT, "%.5f,%.5f", latitude, longitude);
        }
    }

    /** Returns the polygons of an area: its own, else those of the leaves it consists of; none where the map has none. */
    synchronized List<String> of(String area, Picture picture) {
        refresh();
        List<String> own = byId.get(area);
        Picture.Area found = picture.areas().get(area);
        if (own != null || found == null) {
            return own == null ? List.of() : own;
        }
        return found.leaves().stream()
                .flatMap(leaf -> byId.getOrDefault(leaf, List.of()).stream())
                .toList();
    }

    private void refresh() {
        try {
            byte[] content = Files.readAllBytes(file);
            if (!Arrays.equals(content, read)) {
                read = content;
                GeoJson.map(content).ifPresent(map -> byId = polygons(map));
            }
        } catch (NoSuchFileException e) {
            LOGGER.atDebug().setCause(e).log("{} is not there", file);
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("{} cannot be read: alerts have the polygons known before", file);
        }
    }

    private static Map<String, List<String>> polygons(JsonNode map) {
        Map<String, List<String>> found = new HashMap<>();
        for (JsonNode feature : map.path("features")) {
            JsonNode geometry = feature.path("geometry");
            JsonNode coordinates = geometry.path("coordinates");
            List<String> polygons = new ArrayList<>();
            switch (geometry.path("type").asText()) {
                case "Polygon" -> add(polygons, coordinates);
                case "MultiPolygon" -> coordinates.forEach(polygon -> add(polygons, polygon));
                default -> {}
            }
            if (!polygons.isEmpty()) {
                found.put(feature.path("id").asText(), List.copyOf(polygons));
            }
        }
        return found;
    }

    /** Adds the outer ring: CAP knows no holes. */
    private static void add(List<String> polygons, JsonNode rings) {
        List<Point> ring = new ArrayList<>();
        for (JsonNode position : rings.path(0)) {
            ring.add(new Point(position.path(1).asDouble(), position.path(0).asDouble()));
        }
        if (!ring.isEmpty() && !ring.get(0).equals(ring.get(ring.size() - 1))) {
            ring.add(ring.get(0));
        }
        boolean isOnEarth = ring.stream()
                .allMatch(point ->
                        Math.abs(point.latitude()) <= MAX_LATITUDE && Math.abs(point.longitude()) <= MAX_LONGITUDE);
        if (ring.size() >= FEWEST_POINTS && isOnEarth) {
            polygons.add(simple(ring).stream().map(Point::text).collect(Collectors.joining(" ")));
        }
    }

    private static List<Point> simple(List<Point> ring) {
        List<Point> kept = ring;
        for (double tolerance = FIRST_TOLERANCE; kept.size() > MAX_POINTS; tolerance *= 2) {
            boolean[] isKept = new boolean[ring.size()];
            isKept[0] = true;
            isKept[ring.size() - 1] = true;
            keepFar(ring, 0, ring.size() - 1, tolerance, isKept);
            List<Point> fewer = new ArrayList<>();
            for (int i = 0; i < isKept.length; i++) {
                if (isKept[i]) {
                    fewer.add(ring.get(i));
                }
            }
            if (fewer.size() < FEWEST_POINTS) {
                return kept;
            }
            kept = fewer;
        }
        return kept;
    }

    /** Keeps what lies further than the tolerance, in degrees, from the straight line (Ramer, Douglas and Peucker). */
    private static void keepFar(List<Point> ring, int first, int last, double tolerance, boolean[] isKept) {
        int furthest = first;
        double most = tolerance;
        for (int i = first + 1; i < last; i++) {
            double distance = distance(ring.get(i), ring.get(first), ring.get(last));
            if (distance > most) {
                furthest = i;
                most = distance;
            }
        }
        if (furthest > first) {
            isKept[furthest] = true;
            keepFar(ring, first, furthest, tolerance, isKept);
            keepFar(ring, furthest, last, tolerance, isKept);
        }
    }

    private static double distance(Point point, Point from, Point to) {
        double dx = to.longitude() - from.longitude();
        double dy = to.latitude() - from.latitude();
        double length = Math.hypot(dx, dy);
        double px = point.longitude() - from.longitude();
        double py = point.latitude() - from.latitude();
        return length == 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
    }
}
