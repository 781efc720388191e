package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

class DocumentTextTest {
    @Test
    void saysWhatWritingTheWholeDocumentAnewWouldSay() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        PictureWalk walk = new PictureWalk(seed, 11, 40);
        WallDocument documents = new WallDocument();
        DocumentText texts = new DocumentText();
        for (int step = 0; step < 24 * 20; step++) {
            Picture picture = walk.next(Duration.ofMinutes(3));
            ObjectNode kept = documents.of(picture, PictureWalk.DISTRICT).orElseThrow();

            String text = texts.of(kept);

            ObjectNode anew =
                    new WallDocument().of(picture, PictureWalk.DISTRICT).orElseThrow();
            assertEquals(Json.text(anew), text);
        }
    }

    @Test
    void forgetsWhatHasLeftTheDocument() {
        DocumentText texts = new DocumentText();
        ObjectNode first = Json.MAPPER.createObjectNode();
        first.putObject("sensors").putObject("a \"b\"").put("value", 1);
        first.putObject("alarms").putObject("x");
        ObjectNode second = Json.MAPPER.createObjectNode();
        second.putObject("sensors").putObject("c").put("value", 2);
        texts.of(first);

        assertEquals("{\"sensors\":{\"c\":{\"value\":2}}}", texts.of(second));
        assertEquals("{}", texts.of(Json.MAPPER.createObjectNode()));
        assertEquals("{\"alarms\":{\"x\":{}},\"sensors\":{\"a \\\"b\\\"\":{\"value\":1}}}", texts.of(first));
    }
}
