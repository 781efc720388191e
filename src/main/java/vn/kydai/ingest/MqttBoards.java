package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.AlarmJson;
import vn.kydai.event.codec.Json;

/**
 * Tells LED boards and the like which alarms stand in the area of theirs: {@code kydai/v1/{area}/alarm}. A topic's
 * standing message is a function of the newest picture, so that nothing has to be stored, and what nobody listens to is
 * not even made. Confined to one event loop.
 */
final class MqttBoards {
    /** Most alarms of one message, the worst first; a board has few lines. */
    private static final int MOST = 32;

    private static final Buffer NOTHING = Buffer.buffer();
    private static final Comparator<Map.Entry<String, Picture.Alarm>> WORST_FIRST = Comparator.comparingInt(
                    (Map.Entry<String, Picture.Alarm> entry) ->
                            entry.getValue().measure().severity())
            .thenComparing(entry -> entry.getValue().raisedAt())
            .thenComparing(Map.Entry::getKey);

    private final Map<String, Board> boards = new HashMap<>();
    private @Nullable Picture newest;

    /** A connection that listens to the topic of an area, by which its device was set up. */
    record Ear(String topicArea, MqttListener listener) {}

    /** An area somebody listens to, what it was told last, and of which alarms. */
    private static final class Board {
        private final Map<Ear, MqttQoS> ears = new LinkedHashMap<>();
        private List<Map.Entry<String, Picture.Alarm>> told = List.of();
        private Buffer payload = NOTHING;
    }

    /** Takes the newest picture, and tells those whose alarms have changed. */
    void show(Picture picture) {
        Picture before = newest;
        newest = picture;
        boolean isSame = before != null
                && before.alarms().equals(picture.alarms())
                && before.areas().keySet().equals(picture.areas().keySet());
        if (!isSame) {
            boards.forEach((area, board) -> {
                if (isChanged(area, board, picture)) {
                    board.ears.forEach((ear, qos) -> tell(board, ear, qos, false));
                }
            });
        }
    }

    /** Begins to tell somebody of an area, with what stands there; where nothing does, with nothing. */
    void add(String area, Ear ear, MqttQoS qos) {
        Board board = boards.computeIfAbsent(area, begun -> {
            Board made = new Board();
            if (newest != null) {
                boolean unused = isChanged(area, made, newest);
            }
            return made;
        });
        board.ears.put(ear, qos);
        if (board.payload.length() > 0) {
            tell(board, ear, qos, true);
        }
    }

    private static void tell(Board board, Ear ear, MqttQoS qos, boolean isStanding) {
        String topic = MqttTopic.ofAlarms(ear.topicArea());
        ear.listener().tell(topic, new MqttListener.News(topic, board.payload, qos, isStanding, null));
    }

    void remove(String area, Ear ear) {
        Board board = boards.get(area);
        if (board != null && board.ears.remove(ear) != null && board.ears.isEmpty()) {
            boards.remove(area);
        }
    }

    private static boolean isChanged(String area, Board board, Picture picture) {
        Set<String> members = picture.subtree(area);
        List<Map.Entry<String, Picture.Alarm>> standing = picture.alarms().entrySet().stream()
                .filter(entry -> entry.getValue().isOpen()
                        && members.contains(entry.getValue().area()))
                .sorted(WORST_FIRST)
                .toList();
        if (standing.equals(board.told)) {
            return false;
        }
        board.told = standing;
        board.payload = standing.isEmpty() ? NOTHING : payload(area, standing, picture);
        return true;
    }

    private static Buffer payload(String area, List<Map.Entry<String, Picture.Alarm>> standing, Picture picture) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("type", "alarms")
                .put("area", area)
                .put("at", Json.time(picture.at()))
                .put("position", Long.toString(picture.position()))
                .put("count", standing.size());
        ArrayNode alarms = node.putArray("alarms");
        standing.stream()
                .limit(MOST)
                .forEach(entry -> alarms.add(AlarmJson.onWall(entry.getValue()).put("id", entry.getKey())));
        return Buffer.buffer(Json.text(node));
    }
}
