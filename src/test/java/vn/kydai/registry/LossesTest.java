package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.YamlFile;
import vn.kydai.event.codec.Json;

/** A file that vanished, is empty or cut short is told from one that is meant. */
class LossesTest {
    private static final String RULES = """
            escalation: {high: [2]}
            rules:
              - id: a
                response: [go]
              - id: b
                response: [go, "look again"]
            """;

    private static Optional<String> loss(String inForce, String read) {
        YamlFile file = YamlFile.of("f.yaml", read);
        return Losses.of("f.yaml", journaled(inForce), file.content(), file.isEnded(), true);
    }

    /** As the journal gives it back. */
    private static JsonNode journaled(String yaml) {
        try {
            return Json.MAPPER.readTree(Json.text(YamlFile.of("f.yaml", yaml).content()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shipped(String name) {
        try {
            return Files.readString(Path.of("config", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsInForceAndHasNoFileIsALoss() {
        assertEquals(
                Optional.of("f.yaml: found no such file, while its content is in force; it stays in force; allowed: the"
                        + " whole file, and as its last line ... where something is taken out on purpose"),
                Losses.of("f.yaml", journaled(RULES), null, false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "rules:\n", "escalation: {high: [2]}\n", "{}"})
    void whatSaysNothingOfWhatIsInForceIsALoss(String read) {
        assertTrue(loss(RULES, read).isPresent());
    }

    @Test
    void aRuleThatIsMissingIsNamed() {
        assertEquals(
                Optional.of(
                        "f.yaml: found 1 of the 2 rules in force missing (b); it stays in force; allowed: each of them,"
                                + " with enabled: false where it shall be taken out, or as the last line ..."),
                loss(RULES, "escalation: {high: [2]}\nrules: [{id: a, response: [go]}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "escalation: {high: [2]}\nrules: []",
                "rules: [{id: b, response: [go]}]\n...\n",
                "escalation: {high: [5]}\nrules: [{id: b, response: [no]}, {id: a, enabled: false, response: [go]}, {id: c}]",
                "escalation: {high: [2]}\nrules: [{id: b, response: [go]}, {id: a, response: [go]}, {id: new}]"
            })
    void whatIsSaidIsNoLoss(String read) {
        assertEquals(Optional.empty(), loss(RULES, read));
    }

    @Test
    void aRuleThatWasTakenOutMayThenBeLeftOut() {
        assertEquals(Optional.empty(), loss("rules: [{id: a, enabled: false}, {id: b}]", "rules: [{id: b}]"));
    }

    @Test
    void nothingInForceCanBeLost() {
        assertEquals(Optional.empty(), loss("", ""));
        assertEquals(Optional.empty(), Losses.of("f.yaml", journaled("rules: []"), null, false, true));
    }

    @Test
    void entriesWithoutNamesAreCounted() {
        String duties = "duties: [{area: a, people: [x]}, {area: b, people: [y]}]";
        assertEquals(
                Optional.of(
                        "f.yaml: found 1 of the 2 duties in force missing; it stays in force; allowed: the whole file,"
                                + " and as its last line ... where something is taken out on purpose"),
                loss(duties, "duties: [{area: a, people: [z]}]"));
        assertEquals(Optional.empty(), loss(duties, "duties: [{area: c, people: [z]}, {area: d, people: [y]}]"));
    }

    @Test
    void whatTheServerExpectsOfItsOwnNoFileHasToSay() {
        YamlFile file = YamlFile.of("calendar.yaml", shipped("calendar.yaml"));
        assertEquals(
                Optional.empty(),
                Losses.of("calendar.yaml", StatutoryDaysOff.complete(file.content()), file.content(), false, false));
    }

    /** Wherever a shipped file is cut, either it cannot be read, or it is a loss, or nothing of it is missing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"alarms.yaml", "roster.yaml", "areas.yaml", "procedures.yaml", "calendar.yaml", "thresholds.yaml"
            })
    void noCutOfAShippedFileIsTaken(String name) {
        String whole = shipped(name);
        JsonNode inForce = journaled(whole);
        for (int cut = whole.indexOf('\n'); cut >= 0; cut = whole.indexOf('\n', cut + 1)) {
            String lines = whole.substring(0, cut + 1);
            assertTrue(isRefused(inForce, lines, name), () -> name + " cut after " + tail(lines));
            String within = whole.substring(0, Math.max(0, cut - 2));
            assertTrue(isRefused(inForce, within, name), () -> name + " cut after " + tail(within));
        }
    }

    private static boolean isRefused(JsonNode inForce, String part, String name) {
        try {
            YamlFile file = YamlFile.of(name, part);
            return file.content().equals(YamlFile.of(name, Json.text(inForce)).content())
                    || Losses.of(name, inForce, file.content(), file.isEnded(), name.equals("alarms.yaml"))
                            .isPresent();
        } catch (ConfigurationException e) {
            return true;
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 120));
    }
}
