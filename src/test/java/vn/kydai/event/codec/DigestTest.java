package vn.kydai.event.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void orderOfNamesAndSpellingOfNumbersDoNotMatter() throws JsonProcessingException {
        assertEquals(digest("{\"a\": 1, \"b\": [1.50, \"é\"]}"), digest("{\"b\":[1.5e0,\"\\u00e9\"],\"a\":1.0}"));
    }

    @Test
    void contentAndOrderOfListsMatter() throws JsonProcessingException {
        assertNotEquals(digest("[1,2]"), digest("[2,1]"));
        assertNotEquals(digest("{\"a\":1}"), digest("{\"a\":2}"));
    }

    @Test
    void isTheSha256OfTheCanonicalForm() throws JsonProcessingException {
        assertEquals(
                Digest.of("{\"a\":1,\"b\":true}".getBytes(StandardCharsets.UTF_8)), digest("{\"b\":true,\"a\":1}"));
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Digest.of("abc".getBytes(StandardCharsets.US_ASCII)));
    }

    private static String digest(String json) throws JsonProcessingException {
        return Digest.of(Json.MAPPER.readTree(json));
    }
}
