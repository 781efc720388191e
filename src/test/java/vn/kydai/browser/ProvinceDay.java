package vn.kydai.browser;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The city of Huế on the same afternoon: the forty communes of the configured tree and the region Quảng Điền. */
final class ProvinceDay {
    private static final Path AREAS = Path.of("config/areas.yaml");
    private static final Pattern COMMUNE = Pattern.compile(
            "\\{id: \"([^\"]+)\", level: commune,[^}]* name: \"([^\"]+)\", nameEn: \"([^\"]+)\", parent: \"46\","
                    + " .*latitude: ([0-9.]+), longitude: ([0-9.]+)}");

    private static final Pattern SUCCESSOR =
            Pattern.compile("\\{id: \"([^\"]+)\", level: commune,.* successor: \"([^\"]+)\"");

    /** What a city of forty communes counts instead of a district's figures. */
    private static final Map<String, Integer> CITY = Map.of(
            "received", 2614, "processing", 7930, "done", 2560, "waiting", 446, "overdueNow", 112, "dueSoon", 208);

    private ProvinceDay() {}

    static ObjectNode document(WallDay day) {
        ObjectNode data = day.alarmed();
        data.putObject("area")
                .put("id", "46")
                .put("code", "46")
                .put("name", "Huế")
                .put("nameEn", "Hue")
                .put("level", "province")
                .put("openNow", true);
        ObjectNode figures = (ObjectNode) data.get("figures");
        CITY.forEach((figure, value) -> ((ObjectNode) figures.get(figure)).put("value", value));
        ((ObjectNode) figures.path("received").path("compare")).put("sameHourMedian8w", 2480);
        ((ObjectNode) figures.get("overdueNow")).putObject("target").put("max", 100);
        Map<String, String> successors = new HashMap<>();
        SUCCESSOR.matcher(areas()).results().forEach(merged -> successors.put(merged.group(1), merged.group(2)));
        data.path("sensors").forEach(sensor -> move((ObjectNode) sensor, successors));
        data.path("alarms").forEach(alarm -> move((ObjectNode) alarm, successors));
        ObjectNode children = data.putObject("children");
        List<MatchResult> communes = COMMUNE.matcher(areas()).results().toList();
        for (int index = 0; index < communes.size(); index++) {
            MatchResult commune = communes.get(index);
            child(children, desk(commune.group(1), commune.group(2), index), commune.group(3));
        }
        child(children, new WallDay.Desk("477", "Quảng Điền", 72, 17, 423, 14, 15), "Quang Dien");
        ((ObjectNode) children.path("477")).put("level", "district");
        return data;
    }

    private static void move(ObjectNode placed, Map<String, String> successors) {
        placed.put("area", successors.get(placed.path("area").asText()));
    }

    /** The tree of areas as the server answers it. */
    static ObjectNode tree() {
        ObjectNode tree = WallDay.node().put("id", "46").put("name", "Huế").put("nameEn", "Hue");
        ArrayNode children = tree.putArray("children");
        COMMUNE.matcher(areas())
                .results()
                .forEach(commune -> children.addObject()
                        .put("id", commune.group(1))
                        .put("name", commune.group(2))
                        .put("nameEn", commune.group(3))
                        .put("latitude", Double.parseDouble(commune.group(4)))
                        .put("longitude", Double.parseDouble(commune.group(5))));
        children.addObject()
                .put("id", "477")
                .put("name", "Quảng Điền")
                .put("nameEn", "Quang Dien")
                .put("latitude", 16.581)
                .put("longitude", 107.502);
        return tree;
    }

    /** Figures that differ from commune to commune, the same in every run. */
    private static WallDay.Desk desk(String id, String name, int index) {
        int late = index % 13 == 5 ? 5 : index % 3 == 0 ? 1 : 0;
        return new WallDay.Desk(
                id, name, index * 7 % 24, 5 + index * 11 % 30, 20 + index * 37 % 90, index * 3 % 7, late);
    }

    private static void child(ObjectNode children, WallDay.Desk desk, String english) {
        WallDay.child(children.putObject(desk.id()).put("nameEn", english), desk);
    }

    private static String areas() {
        try {
            return Files.readString(AREAS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
