package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmRulesTest {
    private static final String TEXTS = "'who': 'An', 'reason': 'r', 'consequence': 'c', 'response': ['go and see']";
    private static final String HEAT =
            "'id': 'heat', 'watch': 'value', 'metric': 'temperature', 'steps': [{'at': 39, 'severity': 'low'}]";

    @Test
    void theReadyRulesAreInTwoLanguagesAndSayWhoMustDoWhat() {
        AlarmRule flood = CONFIG.rules().find("flood-level").orElseThrow();
        assertEquals(3, flood.steps().size());
        assertEquals(Duration.ofMinutes(10), flood.offDelay());
        assertEquals(false, flood.isShelvable());
        assertTrue(CONFIG.rules().all().size() >= 14);
        CONFIG.rules().all().forEach(rule -> {
            assertTrue(rule.english() != null, rule.id());
            assertEquals(
                    rule.guidance().response().size(), rule.english().response().size(), rule.id());
        });
    }

    @Test
    void aRuleWithoutAResponseIsNoAlarm() {
        String found =
                refusal(AlarmRules::of, "{'rules': [{" + HEAT + ", 'who': 'An', 'reason': 'r', 'consequence': 'c'}]}");
        assertTrue(found.startsWith("/rules/0/response: "), found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'watch': 'valeu'|/rules/0/watch",
                "'metric': 7|/rules/0/metric",
                "'steps': []|/rules/0/steps",
                "'steps': [{'at': 39, 'severity': 'urgent'}]|/rules/0/steps/0/severity",
                "'steps': [{'at': 2, 'severity': 'low'}, {'at': 1, 'severity': 'high'}]|/rules/0/steps/1/at",
                "'onDelaySeconds': -1|/rules/0/onDelaySeconds",
                "'colour': 'red'|/rules/0/colour",
                "'id': 'No:t'|/rules/0/id"
            })
    void whatIsWrongIsNamed(String wrong, String pointer) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        String rule = "{'id': 'heat', 'watch': 'value', 'metric': 'temperature', "
                + "'steps': [{'at': 39, 'severity': 'low'}], " + TEXTS + "}";
        String changed = rule.contains(key + ":")
                ? rule.replaceFirst(
                        key + ": (\\[[^]]*]|'[^']*'|[0-9]+)", java.util.regex.Matcher.quoteReplacement(wrong))
                : rule.replace("{'id'", "{" + wrong + ", 'id'");
        String found = refusal(AlarmRules::of, "{'rules': [" + changed + "]}");
        assertTrue(found.startsWith(pointer + ": "), found);
    }
}
