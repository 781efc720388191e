package vn.kydai.event.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** The RFC's own example, and any tree, against the reference implementation that reads text. */
class CanonicalJsonTest {
    private static final int TREES = 5_000;

    @Test
    void writesTheExampleOfTheRfc() throws IOException {
        String example = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalJson.of(Json.MAPPER.readTree(example)));
    }

    @Test
    void agreesWithTheReferenceOnAnyTree() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < TREES; n++) {
            JsonNode tree = object(random, 3);
            assertEquals(
                    new JsonCanonicalizer(Json.text(tree)).getEncodedString(), CanonicalJson.of(tree), () -> "" + tree);
        }
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        for (int n = random.nextInt(6); n > 0; n--) {
            object.set(text(random), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> Json.MAPPER.getNodeFactory().textNode(text(random));
            case 1 -> Json.MAPPER.getNodeFactory().numberNode(random.nextInt());
            case 2 -> Json.MAPPER.getNodeFactory().numberNode(random.nextLong() >> random.nextInt(64));
            case 3 -> Json.MAPPER.getNodeFactory().numberNode(finite(random));
            case 4 -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 5 -> Json.MAPPER.nullNode();
            case 6 -> object(random, depth - 1);
            default -> {
                ArrayNode array = Json.MAPPER.createArrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }

    private static double finite(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) && random.nextBoolean() ? any : random.nextInt(100_000) / 1e3;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> 0x10000 + random.nextInt(0x1000);
                        case 2 -> 0x1e00 + random.nextInt(0x100);
                        default -> ' ' + random.nextInt(95);
                    });
        }
        return text.toString();
    }
}
