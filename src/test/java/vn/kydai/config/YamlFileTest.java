package vn.kydai.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void datesAndClockTimesAndWordsStayText() {
        YamlFile file =
                YamlFile.of("a.yaml", "{date: 2026-11-24, session: 07:30-11:30, time: 07:30, on: yes, code: \"477\"}");
        assertEquals(
                "{\"date\":\"2026-11-24\",\"session\":\"07:30-11:30\",\"time\":\"07:30\",\"on\":\"yes\",\"code\":\"477\"}",
                file.content().toString());
    }

    @Test
    void numbersFlagsAndNothingAreTyped() {
        YamlFile file = YamlFile.of("a.yaml", "[1, -2, 0.5, 1e3, 9007199254740993, true, false, null]");
        assertEquals(
                "[1,-2,0.5,1000.0,9007199254740993,true,false,null]",
                file.content().toString());
    }

    @Test
    void aPointerKnowsItsLine() {
        YamlFile file = YamlFile.of("a.yaml", "areas:\n  - id: a\n  - id: b\n    name:\n      B\n  - {id: c}\n");
        assertEquals("a.yaml:1", file.position("/areas"));
        assertEquals("a.yaml:2", file.position("/areas/0/id"));
        assertEquals("a.yaml:4", file.position("/areas/1/name"));
        assertEquals("a.yaml:6", file.position("/areas/2"));
    }

    @Test
    void aPointerToWhatIsMissingHasTheLineOfItsParent() {
        YamlFile file = YamlFile.of("a.yaml", "areas:\n  - id: a\n  - id: b\n");
        assertEquals("a.yaml:3", file.position("/areas/1/name"));
        assertEquals("a.yaml:1", file.position("/procedures/0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\nb: 2\na: 3'|a.yaml:3: found a a second time; allowed: each key once",
                "'a: &x [1]\nb: *x'|a.yaml:1: found an alias; allowed: each value written out",
                "'a: !!set {b}'|a.yaml:1: found the tag tag:yaml.org,2002:set; allowed: none",
                "'a: !secret b'|a.yaml:1: found !secret; allowed: text, numbers, true, false",
                "'a: \"\\ud800\"'|a.yaml:1: found U+0000 or half a surrogate pair; allowed: text of characters",
                "'\"\\0\": 1'|a.yaml:1: found U+0000 or half a surrogate pair; allowed: text of characters",
                "'a: 1e400'|a.yaml:1: found 1e400; allowed: 0, or 1e-12 to 1e18 by magnitude",
                "'a: 1e-100'|a.yaml:1: found 1e-100; allowed: 0, or 1e-12 to 1e18 by magnitude",
                "'a: 1\n? [b]\n: 2'|a.yaml:2: found a key that is no text; allowed: text",
                "'a: 99999999999999999999'|a.yaml:1: found 99999999999999999999; allowed: a plain number of at most 64 bits"
            })
    void whatCouldSurpriseIsRefused(String yaml, String problem) {
        assertEquals(problem, refused(yaml));
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertTrue(refused("a: 1\nb: [1, 2\nc: 3\n").startsWith("a.yaml:3: "), refused("a: 1\nb: [1, 2\nc: 3\n"));
    }

    @Test
    void severalDocumentsAreRefused() {
        assertTrue(refused("a: 1\n---\nb: 2\n").startsWith("a.yaml"), refused("a: 1\n---\nb: 2\n"));
    }

    @Test
    void deepNestingIsRefusedWithoutExhaustingTheStack() {
        assertEquals("a.yaml:1: found deeper nesting; allowed: at most 32 levels", refused("[".repeat(1_000_000)));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("areas.yaml");
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> YamlFile.read(file));
        assertEquals(file + ": found no such file; allowed: a YAML file", e.getMessage());
    }

    @Test
    void whatIsNotUtf8OrTooLargeIsRefused() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        Path large = Files.write(directory.resolve("large.yaml"), new byte[(4 << 20) + 1]);
        assertTrue(problem(latin).endsWith("allowed: UTF-8 text"));
        assertTrue(problem(large).endsWith("allowed: at most 4194304"));
    }

    private static String problem(Path file) {
        return assertThrows(ConfigurationException.class, () -> YamlFile.read(file))
                .problems()
                .get(0);
    }

    private static String refused(String yaml) {
        return String.valueOf(assertThrows(ConfigurationException.class, () -> YamlFile.of("a.yaml", yaml))
                .getMessage());
    }
}
