package vn.kydai.aggregate.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.AlarmTerms;

class TermsTest {
    @Test
    void whatScreensMustKnowOfARuleIsInTheJournal() {
        Map<String, AlarmTerms> terms = Terms.of("""
                {"rules": [{"id": "rain", "watch": "window", "window": "12h", "title": {"vi": "Mưa", "en": "Rain"}},
                           {"id": "heat", "watch": "value"}]}""");

        assertEquals(
                Map.of(
                        "rain", new AlarmTerms("Mưa", "Rain", "window", "12h"),
                        "heat", new AlarmTerms(null, null, "value", null)),
                terms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"rules\": 7}", "{}"})
    void noFoldStopsAtRulesItCannotRead(String content) {
        assertEquals(Map.of(), Terms.of(content));
    }
}
