package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.AlarmMarks;
import vn.kydai.event.AlarmTerms;
import vn.kydai.event.Desk;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Figure;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.event.Place;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.codec.Json;

class WallDocumentTest {
    private static final Instant AT = Instant.parse("2026-11-25T02:12:06.400Z");
    private static final Instant AS_OF = Instant.parse("2026-11-25T02:12:05.913Z");

    @Test
    void writesTheShapesOfTheContract() {
        String document = Json.text(document(picture(), "477").orElseThrow());

        assertEquals("""
                {"alarmFlood":{"open":1,"raised":11,"severity":1,"since":"2026-11-25T02:12:06.400Z"},\
                "alarms":{"flood-level:wl-sia":{"ack":{"at":"2026-11-25T02:12:06.400Z"},"area":"19867",\
                "cause":"metric:water_level","chattering":true,\
                "escalated":{"at":"2026-11-25T02:12:06.400Z","level":1},"heldAt":"2026-11-25T02:12:06.400Z",\
                "notedAt":"2026-11-25T02:12:06.400Z","occurrence":2,"params":{"level":2,"quantity":"water_level","title":{"en":"High water","vi":"Nước cao"},"watch":"level"},"raisedAt":"2026-11-25T02:12:05.913Z",\
                "rule":"flood-level","severity":1,"source":"wl-sia","state":"acknowledged","threshold":3,"unit":"m",\
                "value":3.11}},\
                "area":{"closed":"lunch","code":"477","id":"477","level":"district","name":"Quảng Điền",\
                "nameEn":"Quang Dien","openNow":false,"opensAt":"2026-11-25T06:00:00.000Z"},\
                "children":{"19867":{"asOf":"2026-11-25T02:12:05.913Z","figures":{\
                "onTimeRate":{"asOf":"2026-11-25T02:12:05.913Z","denominator":0,"numerator":0},\
                "received":{"asOf":"2026-11-25T02:12:05.913Z","value":96}},\
                "level":"commune","name":"Sịa","nameEn":"Sia","severity":2,"sourcesSilent":0,"sourcesTotal":4}},\
                "figures":{\
                "onTimeRate":{"asOf":"2026-11-25T02:12:05.913Z","denominator":4,"numerator":3,\
                "state":"warn","target":{"min":0.95},"value":0.75},\
                "received":{"asOf":"2026-11-25T02:12:05.913Z","value":431},\
                "waitMean":{"asOf":"2026-11-25T02:12:05.913Z","n":312,"unit":"s","value":1020},\
                "waitOldest":{"asOf":"2026-11-25T02:12:05.913Z","value":"2026-11-25T02:12:06.400Z"}},\
                "freshness":{"lastIngest":"2026-11-25T02:12:05.913Z","sourcesSilent":1,"sourcesTotal":52},\
                "indicators":{"poverty_rate":{"history":{"2023":{"standard":"nd07-2021","value":0.017}},\
                "period":"2023","standard":"nd07-2021","unit":"1","value":0.017}},\
                "orders":{"o-1":{"position":"81220","state":"prepared","until":"2026-11-25T02:12:07.400Z"}},\
                "sensors":{"wl-sia":{"area":"19867","at":"2026-11-25T02:12:06.400Z","history":{"29401200":2.41},\
                "latitude":16.57,"level":2,"longitude":107.51,"metric":"water_level","name":"Cầu Sịa","ratePerHour":0.12,"state":"good",\
                "station":"sia","thresholds":{"1":1.5,"2":3},"unit":"m","value":3.11}},\
                "ticker":{"81219":{"area":"19867","at":"2026-11-25T02:12:06.400Z","code":"received",\
                "kind":"dossier","params":{"procedure":"1.001193"}}},\
                "trends":{"received15m":{"29401200":{"value":3}}}}\
                """, document);
    }

    @Test
    void tellsALeafWhatItsDeskDoes() {
        String desk = Json.text(document(picture(), "19867").orElseThrow().get("desk"));
        assertEquals("""
                {"counters":{"1":{"since":"2026-11-25T02:12:06.400Z","state":"serving","ticket":"A012"},\
                "2":{"since":"2026-11-25T02:12:05.913Z","state":"free","ticket":"A011"}},\
                "due":{"count":7,"dossiers":{"0042":{"procedure":"1.001193","status":"processing"}}},\
                "results":{"count":31,"dossiers":{"0137":{"since":"2026-11-25T02:12:05.913Z"}}}}\
                """, desk);
    }

    @Test
    void holdsNoNullAndNoArray() {
        PictureWalk walk = new PictureWalk(1, 11, 40);
        Picture picture = walk.after(100, Duration.ofMinutes(1));
        String document = Json.text(document(picture, PictureWalk.DISTRICT).orElseThrow());
        assertFalse(document.contains("null"));
        assertFalse(document.contains("["));
    }

    @Test
    void showsACommuneNothingOfItsNeighbours() {
        PictureWalk walk = new PictureWalk(2, 11, 40);
        Picture picture = walk.after(100, Duration.ofMinutes(1));
        String own = walk.communes().get(3);
        String document = Json.text(document(picture, own).orElseThrow());
        for (String other : walk.communes()) {
            assertEquals(other.equals(own), document.contains(other), other);
        }
    }

    @Test
    void keepsTheNewestSixLinesOfTheSubtree() {
        PictureWalk walk = new PictureWalk(3, 2, 0);
        Picture picture = walk.after(100, Duration.ofMinutes(1));
        List<Long> newest =
                picture.ticker().reversed().keySet().stream().limit(6).sorted().toList();
        ObjectNode document = document(picture, PictureWalk.DISTRICT).orElseThrow();
        assertEquals(
                newest.stream().map(String::valueOf).toList(),
                document.get("ticker").properties().stream()
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }

    @Test
    void dependsOnThePictureAlone() {
        PictureWalk walk = new PictureWalk(4, 11, 40);
        WallDocument remembering = new WallDocument();
        for (int i = 0; i < 150; i++) {
            Picture picture = walk.next(Duration.ofMinutes(1));
            ObjectNode document = remembering.of(picture, PictureWalk.DISTRICT).orElseThrow();
            assertEquals(Json.text(document(picture, PictureWalk.DISTRICT).orElseThrow()), Json.text(document));
        }
    }

    @Test
    void encodesUnchangedPartsOnce() {
        PictureWalk walk = new PictureWalk(5, 11, 40);
        Picture picture = walk.after(10, Duration.ofMinutes(1));
        WallDocument documents = new WallDocument();
        ObjectNode first = documents.of(picture, PictureWalk.DISTRICT).orElseThrow();
        ObjectNode second = documents.of(walk.picture(), PictureWalk.DISTRICT).orElseThrow();
        assertSame(first, second);
    }

    @Test
    void knowsOnlyTheAreasOfTheTree() {
        assertTrue(document(picture(), "1").isEmpty());
    }

    private static Optional<ObjectNode> document(Picture picture, String scope) {
        return new WallDocument().of(picture, scope);
    }

    private static Picture picture() {
        TreeMap<String, Figure> figures = new TreeMap<>();
        figures.put("received", Figure.count(431, AS_OF));
        figures.put("onTimeRate", Figure.share(3, 4, AS_OF).against(0.95, null, Figure.State.WARN));
        figures.put("waitMean", Figure.seconds(1020.0, 312, AS_OF));
        figures.put("waitOldest", Figure.since(AT, AS_OF));
        Picture.Area district = new Picture.Area(
                "477",
                "477",
                "Quảng Điền",
                "Quang Dien",
                "district",
                List.of("19867"),
                List.of("19867"),
                false,
                "lunch",
                null,
                false,
                Instant.parse("2026-11-25T06:00:00Z"),
                figures,
                new TreeMap<>(Map.of("received15m", new TreeMap<>(Map.of(29_401_200L, 3.0)))),
                new TreeMap<>(Map.of(
                        "poverty_rate",
                        new Picture.Slow(
                                0.017,
                                "1",
                                "2023",
                                "nd07-2021",
                                null,
                                new TreeMap<>(Map.of("2023", new Picture.Point(0.017, "nd07-2021")))))),
                52,
                1,
                null,
                AS_OF,
                null,
                Collections.emptySortedMap());
        return new Picture(
                81_220,
                AT,
                new TreeMap<>(Map.of("477", district, "19867", commune(2))),
                new TreeMap<>(Map.of("wl-sia", sensor())),
                new TreeMap<>(Map.of(
                        81_219L,
                        new Picture.Tick(AT, "19867", Kind.DOSSIER, "received", Map.of("procedure", "1.001193")))),
                new TreeMap<>(Map.of(
                        "flood-level:wl-sia", alarm(Picture.AlarmState.ACKNOWLEDGED),
                        "heat:t-1", alarm(Picture.AlarmState.NORMAL))),
                new TreeMap<>(Map.of("477", new Picture.Flood(AT, 11, 1, 1))),
                new TreeMap<>(Map.of("o-1", order("o-1", AT.plusSeconds(1)), "o-2", order("o-2", AT))),
                new TreeMap<>(Map.of("19867", desk(), "477", desk())),
                AS_OF,
                Collections.emptySortedMap(),
                null);
    }

    private static SirenOrder order(String id, Instant until) {
        return new SirenOrder(
                id,
                "19867",
                Signal.FLOOD3,
                null,
                SirenOrder.State.PREPARED,
                new Picture.Said("lan", AS_OF, "nước lên"),
                until,
                null,
                null,
                new TreeMap<>(),
                81_220);
    }

    private static Desk desk() {
        return new Desk(
                new TreeMap<>(
                        Map.of("1", new Desk.Counter("A012", true, AT), "2", new Desk.Counter("A011", false, AS_OF))),
                7,
                new TreeMap<>(Map.of("0042", new Desk.Due("1.001193", DossierStatus.PROCESSING))),
                31,
                new TreeMap<>(Map.of("0137", AS_OF)));
    }

    private static Picture.Area commune(@Nullable Integer severity) {
        SortedMap<String, Figure> figures =
                new TreeMap<>(Map.of("received", Figure.count(96, AS_OF), "onTimeRate", Figure.share(0, 0, AS_OF)));
        return new Picture.Area(
                "19867",
                "19867",
                "Sịa",
                "Sia",
                "commune",
                List.of(),
                List.of("19867"),
                true,
                null,
                null,
                false,
                null,
                figures,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                4,
                0,
                severity,
                AS_OF,
                null,
                Collections.emptySortedMap());
    }

    private static Picture.Alarm alarm(Picture.AlarmState state) {
        return new Picture.Alarm(
                "flood-level",
                "wl-sia",
                "19867",
                state,
                true,
                2,
                new Alarm.Measure(1, 2, "water_level", 3.11, 3.0, "m"),
                AS_OF,
                null,
                new Picture.Said("An", AT, "not for the public"),
                new Picture.Said("An", AT, "not for the public"),
                null,
                new Picture.Said("not for the public", AT, null),
                new Picture.Escalation(AS_OF, 1, List.of(new Picture.Said("not for the public", AT, null))),
                new AlarmMarks("metric:water_level", true, false, new TreeMap<>(Map.of(2L, 1))),
                new AlarmTerms("Nước cao", "High water", "level", null),
                81_000);
    }

    private static Picture.Sensor sensor() {
        return new Picture.Sensor(
                "wl-sia",
                "19867",
                "sia",
                "Cầu Sịa",
                "water_level",
                "m",
                3.11,
                AT,
                Picture.SensorState.GOOD,
                2,
                new TreeMap<>(Map.of(1, 1.5, 2, 3.0)),
                0.12,
                new TreeMap<>(Map.of(29_401_200L, 2.41)),
                Picture.Findings.NONE,
                new Place(16.57, 107.51));
    }
}
