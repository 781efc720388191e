package vn.kydai.wall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.CatchingUp;
import vn.kydai.event.Desk;
import vn.kydai.event.Picture;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.codec.AlarmJson;
import vn.kydai.event.codec.OrderJson;

/**
 * Writes pictures as the wall document of design 4.5. What comes out depends on the picture and the scope alone; what
 * is kept between calls only saves work: parts of a picture that are the same instance as last time are the same node,
 * so that a tick costs what has changed. The trees are shared and nobody may change them. One thread.
 */
final class WallDocument {
    private static final int TICKER_LINES = 6;

    /** A day and a half of minutes; more are not on the wall at once. */
    private static final int MAX_MINUTE_NAMES = 2_160;

    private static final ObjectNode NOTHING = PartJson.object();

    private final Map<String, PartJson.WrittenSensor> sensors = new HashMap<>();
    private final Map<String, AreaParts> areas = new HashMap<>();
    private final Map<String, ObjectNode> documents = new HashMap<>();
    private final Map<String, WrittenDesk> desks = new HashMap<>();
    private final Map<Long, Line> lines = new HashMap<>();
    private final Map<String, WrittenAlarm> alarms = new HashMap<>();
    private final Map<String, WrittenFlood> floods = new HashMap<>();
    private final Map<String, WrittenOrder> orders = new HashMap<>();
    private final Map<Long, String> minutes = new HashMap<>();
    private @Nullable Doubt doubt;

    /** Since when the alarms of a picture say that the server's clock is in doubt. */
    private record Doubt(
            Map<String, Picture.Alarm> alarms, @Nullable ObjectNode node) {}

    private record WrittenDesk(Desk source, ObjectNode node) {}

    private record Line(Picture.Tick source, ObjectNode node) {}

    private record WrittenFlood(Picture.Flood source, ObjectNode node) {}

    private record WrittenOrder(SirenOrder source, ObjectNode node) {}

    private record WrittenAlarm(Picture.Alarm source, ObjectNode node) {}

    /** Returns the document of an area, empty when the picture's tree does not know it. */
    Optional<ObjectNode> of(Picture picture, String scope) {
        Picture.Area area = picture.areas().get(scope);
        if (area == null) {
            documents.remove(scope);
            return Optional.empty();
        }
        forgetWhatIsGone(picture);
        ObjectNode last = documents.getOrDefault(scope, NOTHING);
        AreaParts parts = parts(area);
        Set<String> members = picture.subtree(scope);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        fields.put("area", parts.header());
        fields.put("figures", parts.figures());
        fields.put("children", same(last.get("children"), children(picture, area)));
        fields.put("sensors", same(last.get("sensors"), sensors(picture, members)));
        fields.put("alarms", same(last.get("alarms"), alarms(picture, members)));
        Picture.Flood flood = picture.floods().get(scope);
        if (flood != null) {
            fields.put("alarmFlood", flood(scope, flood));
        }
        Map<String, JsonNode> standing = orders(picture, members);
        if (!standing.isEmpty()) {
            fields.put("orders", same(last.get("orders"), standing));
        }
        fields.put("indicators", parts.indicators());
        fields.put("trends", parts.trends());
        fields.put("ticker", same(last.get("ticker"), ticker(picture.ticker(), members)));
        fields.put("freshness", same(last.get("freshness"), freshness(picture, parts, members)));
        Desk desk = picture.desks().get(scope);
        if (desk != null && area.children().isEmpty()) {
            fields.put("desk", desk(scope, desk));
        }
        ObjectNode document = same(last, fields);
        documents.put(scope, document);
        return Optional.of(document);
    }

    /**
     * What the area says, and whether the picture lacks something: what was set aside, of this area or of nobody knows which, and
     * what is not folded yet; and whether its server does not believe its clock.
     */
    private Map<String, JsonNode> freshness(Picture picture, AreaParts parts, Set<String> members) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        parts.freshness().properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        long setAside = picture.setAside().values().stream()
                .filter(aside ->
                        members.contains(aside.area()) || !picture.areas().containsKey(aside.area()))
                .count();
        if (setAside > 0) {
            fields.put("setAside", LongNode.valueOf(setAside));
        }
        CatchingUp progress = picture.catchingUp();
        if (progress != null) {
            fields.put("catchingUp", PartJson.catchingUp(progress, picture.lastIngest()));
        }
        ObjectNode clock = clockInDoubt(picture);
        if (clock != null) {
            fields.put("clock", clock);
        }
        return fields;
    }

    /** From the journaled alarm, whoever is told of it, so that a replay says the same. */
    private @Nullable ObjectNode clockInDoubt(Picture picture) {
        Doubt known = doubt;
        if (known == null || !MergePatch.isSame(known.alarms(), picture.alarms())) {
            known = new Doubt(picture.alarms(), PartJson.clockInDoubt(picture.alarms()));
            doubt = known;
        }
        return known.node();
    }

    private Map<String, JsonNode> children(Picture picture, Picture.Area area) {
        Map<String, JsonNode> children = new LinkedHashMap<>();
        for (String id : area.children()) {
            Picture.Area child = picture.areas().get(id);
            if (child != null) {
                children.put(id, parts(child).asChild());
            }
        }
        return children;
    }

    private Map<String, JsonNode> sensors(Picture picture, Set<String> members) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        picture.sensors().forEach((key, sensor) -> {
            if (members.contains(sensor.area())) {
                nodes.put(key, sensor(key, sensor));
            }
        });
        return nodes;
    }

    private ObjectNode sensor(String key, Picture.Sensor sensor) {
        PartJson.WrittenSensor known = sensors.get(key);
        if (known == null || !MergePatch.isSame(known.source(), sensor)) {
            known = new PartJson.WrittenSensor(sensor, PartJson.sensor(sensor, known, this::minute));
            sensors.put(key, known);
        }
        return known.node();
    }

    /** All but those that are normal: an operator's list has what is set aside too. */
    private Map<String, JsonNode> alarms(Picture picture, Set<String> members) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        picture.alarms().forEach((id, alarm) -> {
            if (alarm.state() != Picture.AlarmState.NORMAL && members.contains(alarm.area())) {
                nodes.put(id, alarm(id, alarm));
            }
        });
        return nodes;
    }

    private ObjectNode alarm(String id, Picture.Alarm alarm) {
        WrittenAlarm known = alarms.get(id);
        if (known == null || !MergePatch.isSame(known.source(), alarm)) {
            known = new WrittenAlarm(alarm, AlarmJson.onWall(alarm));
            alarms.put(id, known);
        }
        return known.node();
    }

    private ObjectNode flood(String scope, Picture.Flood flood) {
        WrittenFlood known = floods.get(scope);
        if (known == null || !known.source().equals(flood)) {
            known = new WrittenFlood(flood, AlarmJson.flood(flood));
            floods.put(scope, known);
        }
        return known.node();
    }

    /** Those whose time is not over: enough to ask for them, and no more, since a wall is public. */
    private Map<String, JsonNode> orders(Picture picture, Set<String> members) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        picture.orders().forEach((id, order) -> {
            if (members.contains(order.area()) && picture.at().isBefore(order.until())) {
                nodes.put(id, order(id, order));
            }
        });
        return nodes;
    }

    private ObjectNode order(String id, SirenOrder order) {
        WrittenOrder known = orders.get(id);
        if (known == null || !MergePatch.isSame(known.source(), order)) {
            known = new WrittenOrder(order, OrderJson.onWall(order));
            orders.put(id, known);
        }
        return known.node();
    }

    private Map<String, JsonNode> ticker(SortedMap<Long, Picture.Tick> ticker, Set<String> members) {
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        for (Map.Entry<Long, Picture.Tick> entry : ticker.reversed().entrySet()) {
            if (members.contains(entry.getValue().area())) {
                newest.put(Long.toString(entry.getKey()), line(entry.getKey(), entry.getValue()));
            }
            if (newest.size() == TICKER_LINES) {
                break;
            }
        }
        return newest;
    }

    private ObjectNode line(Long position, Picture.Tick tick) {
        Line known = lines.get(position);
        if (known == null || !MergePatch.isSame(known.source(), tick)) {
            known = new Line(tick, PartJson.tick(tick));
            lines.put(position, known);
        }
        return known.node();
    }

    private ObjectNode desk(String area, Desk desk) {
        WrittenDesk known = desks.get(area);
        if (known == null || !MergePatch.isSame(known.source(), desk)) {
            known = new WrittenDesk(desk, PartJson.desk(desk));
            desks.put(area, known);
        }
        return known.node();
    }

    private AreaParts parts(Picture.Area area) {
        AreaParts known = areas.get(area.id());
        if (known == null || !MergePatch.isSame(known.source(), area)) {
            known = AreaParts.of(area, known);
            areas.put(area.id(), known);
        }
        return known;
    }

    private String minute(long epochMinute) {
        if (minutes.size() > MAX_MINUTE_NAMES) {
            minutes.clear();
        }
        return minutes.computeIfAbsent(epochMinute, minute -> Long.toString(minute));
    }

    private void forgetWhatIsGone(Picture picture) {
        if (sensors.size() > picture.sensors().size()) {
            sensors.keySet().retainAll(picture.sensors().keySet());
        }
        if (alarms.size() > picture.alarms().size()) {
            alarms.keySet().retainAll(picture.alarms().keySet());
        }
        floods.keySet().retainAll(picture.floods().keySet());
        orders.keySet().retainAll(picture.orders().keySet());
        if (areas.size() > picture.areas().size()) {
            areas.keySet().retainAll(picture.areas().keySet());
        }
        if (desks.size() > picture.desks().size()) {
            desks.keySet().retainAll(picture.desks().keySet());
        }
        if (lines.size() > 2 * picture.ticker().size() + TICKER_LINES) {
            lines.keySet().retainAll(picture.ticker().keySet());
        }
    }

    /** Returns the last node itself when it holds exactly these instances. */
    private static ObjectNode same(@Nullable JsonNode last, Map<String, JsonNode> fields) {
        if (last instanceof ObjectNode object
                && object.size() == fields.size()
                && fields.entrySet().stream()
                        .allMatch(field -> MergePatch.isSame(object.get(field.getKey()), field.getValue()))) {
            return object;
        }
        ObjectNode node = PartJson.object();
        node.setAll(fields);
        return node;
    }
}
