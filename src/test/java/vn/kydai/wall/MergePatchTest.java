package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

class MergePatchTest {
    /** RFC 7396, appendix A, as far as it has objects on both sides. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':'b'}          | {'a':'c'}             | {'a':'c'}",
                "{'a':'b'}          | {'b':'c'}             | {'a':'b','b':'c'}",
                "{'a':'b'}          | {'a':null}            | {}",
                "{'a':'b','b':'c'}  | {'a':null}            | {'b':'c'}",
                "{'a':['b']}        | {'a':'c'}             | {'a':'c'}",
                "{'a':'c'}          | {'a':['b']}           | {'a':['b']}",
                "{'a':{'b':'c'}}    | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}  | {'a':[1]}             | {'a':[1]}",
                "{'e':null}         | {'a':1}               | {'e':null,'a':1}",
                "{}                 | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"
            })
    void appliesWhatTheRfcShows(String target, String patch, String result) throws JsonProcessingException {
        assertEquals(tree(result), MergePatch.apply(tree(target), tree(patch)));
    }

    @Test
    void snapshotAndPatchMakeTheNextSnapshotOverGeneratedDocuments() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ObjectNode document = object(random, 4);
        for (int step = 0; step < 500; step++) {
            ObjectNode next = mutated(random, document, 4);
            ObjectNode patch = MergePatch.diff(document, next);

            JsonNode patched = MergePatch.apply(document, sent(patch));

            assertEquals(Json.text(next), Json.text(patched));
            document = next;
        }
    }

    @Test
    void snapshotAndPatchMakeTheNextSnapshotOverASimulatedDay() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        PictureWalk walk = new PictureWalk(seed, 11, 40);
        WallDocument documents = new WallDocument();
        ObjectNode document = documents.of(walk.picture(), PictureWalk.DISTRICT).orElseThrow();
        JsonNode screen = sent(document);
        for (int step = 0; step < 24 * 20; step++) {
            Picture picture = walk.next(Duration.ofMinutes(3));
            ObjectNode next = documents.of(picture, PictureWalk.DISTRICT).orElseThrow();

            screen = MergePatch.apply(screen, sent(MergePatch.diff(document, next)));

            assertEquals(Json.text(next), Json.text(screen));
            document = next;
        }
    }

    @Test
    void leavesOutWhatIsTheSameInstance() {
        ObjectNode big = object(new Random(1), 3);
        ObjectNode from = Json.MAPPER.createObjectNode().put("a", 1).set("big", big);
        ObjectNode to = Json.MAPPER.createObjectNode().put("a", 2).set("big", big);
        ObjectNode patch = MergePatch.diff(from, to);
        assertEquals("{\"a\":2}", Json.text(patch));
        assertTrue(MergePatch.diff(from, from).isEmpty());
    }

    private static JsonNode sent(ObjectNode node) {
        try {
            return Json.MAPPER.readTree(Json.text(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String text) throws JsonProcessingException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        for (int field = random.nextInt(6); field > 0; field--) {
            put(random, node, depth);
        }
        return node;
    }

    private static void put(Random random, ObjectNode node, int depth) {
        String name = "f" + random.nextInt(8);
        switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> node.put(name, random.nextInt(3));
            case 1 -> node.put(name, random.nextInt(3) / 2.0);
            case 2 -> node.put(name, "Sịa " + random.nextInt(3));
            default -> node.set(name, object(random, depth - 1));
        }
    }

    private static ObjectNode mutated(Random random, ObjectNode node, int depth) {
        ObjectNode changed = Json.MAPPER.createObjectNode();
        changed.setAll(node);
        for (int change = random.nextInt(3); change > 0; change--) {
            put(random, changed, depth);
        }
        node.properties().forEach(field -> {
            if (random.nextInt(8) == 0) {
                changed.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner && random.nextBoolean()) {
                changed.set(field.getKey(), mutated(random, inner, depth - 1));
            }
        });
        return changed;
    }
}
