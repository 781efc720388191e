package vn.kydai.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import vn.kydai.event.codec.TypedText;

/** Converts YAML nodes to a JSON tree and notes the line of each by its JSON pointer. */
final class YamlTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_NUMBER_CHARS = 64;
    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e18;
    private static final String NOT_STORABLE = "found U+0000 or half a surrogate pair; allowed: text of characters";

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlTree(String name) {
        this.name = name;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    JsonNode convert(Node root) {
        return convert(root, "");
    }

    private JsonNode convert(Node node, String pointer) {
        lines.putIfAbsent(pointer, line(node));
        if (!seen.add(node)) {
            throw refused(node, "found an alias; allowed: each value written out");
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer);
            case SequenceNode sequence -> array(sequence, pointer);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw refused(node, "found " + node.getNodeType() + "; allowed: maps, lists, values");
        };
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        checkTag(mapping, Tag.MAP);
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            String key = key(entry.getKeyNode());
            String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            if (object.has(key)) {
                throw refused(entry.getKeyNode(), "found " + key + " a second time; allowed: each key once");
            }
            // The key's own line: its value may begin on a later one.
            lines.put(at, line(entry.getKeyNode()));
            object.set(key, convert(entry.getValueNode(), at));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence, String pointer) {
        checkTag(sequence, Tag.SEQ);
        ArrayNode array = JSON.arrayNode();
        List<Node> elements = sequence.getValue();
        for (int index = 0; index < elements.size(); index++) {
            array.add(convert(elements.get(index), pointer + "/" + index));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (!TypedText.isStorable(text)) {
            throw refused(scalar, NOT_STORABLE);
        }
        if (tag.equals(Tag.STR)) {
            return JSON.textNode(text);
        }
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && text.length() <= MAX_NUMBER_CHARS) {
            return number(scalar, text);
        }
        throw refused(scalar, "found " + tag + "; allowed: text, numbers, true, false");
    }

    private JsonNode number(ScalarNode scalar, String text) {
        try {
            if (scalar.getTag().equals(Tag.INT)) {
                BigInteger whole = new BigInteger(text);
                return whole.bitLength() < Integer.SIZE
                        ? JSON.numberNode(whole.intValue())
                        : JSON.numberNode(whole.longValueExact());
            }
            double number = new BigDecimal(text).doubleValue();
            if (number != 0 && !(Math.abs(number) >= SMALLEST && Math.abs(number) <= LARGEST)) {
                throw refused(scalar, "found " + text + "; allowed: 0, or 1e-12 to 1e18 by magnitude");
            }
            return JSON.numberNode(number);
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused(scalar, "found " + text + "; allowed: a plain number of at most 64 bits");
        }
    }

    private String key(Node key) {
        if (!(key instanceof ScalarNode scalar)) {
            throw refused(key, "found a key that is no text; allowed: text");
        }
        if (!TypedText.isStorable(scalar.getValue())) {
            throw refused(key, NOT_STORABLE);
        }
        return scalar.getValue();
    }

    private void checkTag(Node node, Tag expected) {
        if (!node.getTag().equals(expected)) {
            throw refused(node, "found the tag " + node.getTag() + "; allowed: none");
        }
    }

    private ConfigurationException refused(Node node, String problem) {
        return new ConfigurationException(List.of(name + ":" + line(node) + ": " + problem));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
