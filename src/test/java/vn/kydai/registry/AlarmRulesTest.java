package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                "'title': 'Nước cao'|/rules/0/title",
                "'title': {'vi': 'Nước cao'}|/rules/0/title",
                "'title': {'vi': ' Nước cao', 'en': 'High'}|/rules/0/title/vi",
                "'title': {'vi': 'Nước cao', 'en': ''}|/rules/0/title/en",
                "'title': {'vi': 'Nước cao', 'en': '<b>High</b>'}|/rules/0/title/en",
                "'title': {'vi': 'Nước cao', 'en': 'High', 'fr': 'Haut'}|/rules/0/title/fr",
                "'id': 'No:t'|/rules/0/id",
                "'id': 'shift'|/rules/0/id"
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "overdueNow.valu > 5.0|line 1 and column 1 of the expression: undeclared reference to 'overdueNow'",
                "1.0 +|line 1 and column 6 of the expression: mismatched input",
                "waiting.value > 5 && waitin.n > 2.0|line 1 and column 22 of the expression: undeclared reference to 'waitin'",
                "overdueNow.value + 1.0|line 1 and column 18 of the expression: expected type 'bool' but found 'double'",
                "[1, 2].exists(x, x > 1)|line 1 and column 14 of the expression: undeclared reference to 'exists'"
            })
    void anExpressionIsRefusedWithLineAndColumn(String expression, String problem) {
        String found = refusal(AlarmRules::of, "{'rules': [" + expression(expression) + "]}");
        assertTrue(found.startsWith("/rules/0/steps/0/expression: found, in " + problem), found);
        assertTrue(
                found.endsWith(
                        "; allowed: CEL that is true or false, over value, numerator, denominator, n of figures"),
                found);
    }

    @Test
    void aRuleIsCalledWhatItsFileSaysInBothLanguages() {
        AlarmRules rules = AlarmRules.of(json("{'rules': [{" + HEAT
                + ", 'title': {'vi': 'Sông Diên Hồng dâng', 'en': 'The Dien Hong rises'}, " + TEXTS + "}]}"));

        assertEquals(
                new AlarmRule.Title("Sông Diên Hồng dâng", "The Dien Hong rises"),
                rules.all().iterator().next().title());
    }

    @ParameterizedTest
    @CsvSource({"deadband, 5", "leastN, 20"})
    void whatAnExpressionWouldNotHeedIsRefused(String key, int value) {
        String rule = expression("waiting.value > 5.0").replaceFirst("\\{", "{'" + key + "': " + value + ", ");
        String found = refusal(AlarmRules::of, "{'rules': [" + rule + "]}");
        assertTrue(found.startsWith("/rules/0/" + key + ": found " + value + "; allowed: no " + key), found);
    }

    @ParameterizedTest
    @CsvSource({
        "23:30, 60, 23:29, false",
        "23:30, 60, 23:30, true",
        "23:30, 60, 00:29, true",
        "23:30, 60, 00:30, false",
        "08:00, 60, 08:59, true",
        "08:00, 60, 07:59, false",
        "08:00, 1440, 07:59, true"
    })
    void whatIsJudgedOnceADayMayBeSoOverMidnight(String at, int minutes, String time, boolean holds) {
        AlarmRule.Daily daily = new AlarmRule.Daily(LocalTime.parse(at), Duration.ofMinutes(minutes));
        assertEquals(holds, daily.holdsAt(LocalTime.parse(time)));
    }

    @Test
    void anExpressionIsJudgedOfWhatIsThereAndOfNothingElse() {
        Expression both = Expression.of("overdueNow.value > 5 || overdueNow.value > 0.02 * processing.value", "");
        assertEquals(Optional.of(true), both.holds(Map.of("overdueNow.value", 3.0, "processing.value", 100.0)));
        assertEquals(Optional.of(false), both.holds(Map.of("overdueNow.value", 1.0, "processing.value", 100.0)));
        assertEquals(Optional.of(true), both.holds(Map.of("overdueNow.value", 6.0)), "whatever the other is");
        assertEquals(Optional.empty(), both.holds(Map.of("overdueNow.value", 3.0)));
        assertEquals(
                Optional.empty(),
                Expression.of("[1.0][int(waiting.value)] > 0.0", "").holds(Map.of("waiting.value", 7.0)),
                "what fails says nothing");
    }

    @Test
    void aVitalSignIsToldToSomebodyAndARateNeedsAMetricThatHasOne() {
        String vital = "{'id': 'v', 'watch': 'vital', 'vital': 'refused', 'steps': [{'at': 1, 'severity': 'low'}], "
                + TEXTS + "}";
        assertEquals("/rules/0: area is missing", refusal(AlarmRules::of, "{'rules': [" + vital + "]}"));
        String rate =
                "{'rules': [{'id': 'r', 'watch': 'rate', 'metric': 'rain', 'steps': [{'at': 1, 'severity': 'low'}], "
                        + TEXTS + "}]}";
        String found = refusal(
                part -> {
                    AlarmRules rules = AlarmRules.of(part);
                    rules.check(CONFIG.registry().thresholds());
                    return rules;
                },
                rate);
        assertEquals("/rules/0/metric: found rain, which has no rate; allowed: a metric with rate: true", found);
    }

    @Test
    void aRuleIsEscalatedAsAllAreButWhereItSaysOtherwise() {
        AlarmRules rules = AlarmRules.of(json("{'escalation': {'high': [2, 5], 'medium': [0.5]}, 'rules': [{" + HEAT
                + ", " + TEXTS + "}, {" + HEAT.replace("'heat'", "'other'")
                + ", 'escalation': {'high': [], 'low': [60]}, " + TEXTS + "}]}"));
        Escalation usual = rules.find("heat").orElseThrow().escalation();
        Escalation own = rules.find("other").orElseThrow().escalation();

        assertEquals(List.of(Duration.ofMinutes(2), Duration.ofMinutes(5)), usual.after(1));
        assertEquals(List.of(Duration.ofSeconds(30)), usual.after(2));
        assertEquals(List.of(), usual.after(3));
        assertEquals(List.of(), own.after(1));
        assertEquals(List.of(Duration.ofSeconds(30)), own.after(2));
        assertEquals(List.of(Duration.ofHours(1)), own.after(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'high': [5, 5]}|/escalation/high/1",
                "{'high': [0]}|/escalation/high/0",
                "{'high': [1441]}|/escalation/high/0",
                "{'high': ['5']}|/escalation/high/0",
                "{'high': 5}|/escalation/high",
                "{'high': [1,2,3,4,5,6,7,8,9,10,11]}|/escalation/high",
                "{'urgent': [5]}|/escalation/urgent",
                "[5]|/escalation"
            })
    void whatIsWrongWithAnEscalationIsNamed(String wrong, String pointer) {
        String found = refusal(AlarmRules::of, "{'escalation': " + wrong + ", 'rules': []}");
        assertTrue(found.startsWith(pointer + ": "), found);
        String ofRule =
                refusal(AlarmRules::of, "{'rules': [{" + HEAT + ", 'escalation': " + wrong + ", " + TEXTS + "}]}");
        assertTrue(ofRule.startsWith("/rules/0" + pointer + ": "), ofRule);
    }

    private static String expression(String text) {
        return "{'id': 'x', 'watch': 'expression', 'figure': 'waiting', 'steps': [{'expression': \"" + text
                + "\", 'severity': 'low'}], " + TEXTS + "}";
    }
}
