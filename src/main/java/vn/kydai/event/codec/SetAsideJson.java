package vn.kydai.event.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.SetAside;

/**
 * What is set aside, and what is taken back, as the content of a {@code configuration} event. Reading asks for nothing but
 * the position: whatever else it says, the event stays left out. The view {@code set_aside} reads it alike.
 */
public final class SetAsideJson {
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    private SetAsideJson() {}

    /** Returns the event's data that sets it aside. */
    public static Configuration setAside(SetAside aside) {
        ObjectNode content = write(aside);
        return new Configuration(Part.SET_ASIDE, Digest.of(content), Json.text(content));
    }

    /** Returns the event's data that takes a position back. */
    public static Configuration readmit(long position, String by, String build) {
        ObjectNode content = Json.MAPPER
                .createObjectNode()
                .put("position", Long.toString(position))
                .put("by", by)
                .put("build", build);
        return new Configuration(Part.READMIT, Digest.of(content), Json.text(content));
    }

    /** Writes it with the field names of the contract; what is not known is left out. */
    public static ObjectNode write(SetAside aside) {
        ObjectNode content = Json.MAPPER
                .createObjectNode()
                .put("position", Long.toString(aside.position()))
                .put("reason", aside.cause().id())
                .put("detail", aside.detail());
        put(content, "source", aside.source());
        put(content, "area", aside.area());
        put(content, "kind", aside.kind());
        return content.put("at", Json.time(aside.at())).put("build", aside.build());
    }

    /** Returns which position is set aside or taken back; nothing where it is not said. */
    public static OptionalLong position(String content) {
        String position = tree(content).path("position").asText("");
        return POSITION.matcher(position).matches() ? OptionalLong.of(Long.parseLong(position)) : OptionalLong.empty();
    }

    /**
     * Reads what is set aside.
     *
     * @param position that it says
     * @param said when the journal took it
     */
    public static SetAside read(long position, String content, Instant said) {
        JsonNode node = tree(content);
        boolean isUnfoldable = node.path("reason").asText("").equals(SetAside.Cause.UNFOLDABLE.id());
        return new SetAside(
                position,
                isUnfoldable ? SetAside.Cause.UNFOLDABLE : SetAside.Cause.UNREADABLE,
                node.path("detail").asText(""),
                node.path("source").asText(""),
                node.path("area").asText(""),
                node.path("kind").asText(""),
                at(node, said),
                node.path("build").asText(""));
    }

    private static Instant at(JsonNode node, Instant said) {
        try {
            return Rfc3339.parse(node.path("at").asText(""));
        } catch (DateTimeException | IllegalArgumentException e) {
            return said;
        }
    }

    private static void put(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static JsonNode tree(String content) {
        try {
            return Json.MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
