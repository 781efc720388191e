package vn.kydai.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's two languages. */
class WordsTest {
    private static final Path SCRIPTS = Path.of("src/main/resources/web/js");
    private static final Pattern ENTRY = Pattern.compile("(?m)^  '([^']+)': '(.*)',$");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final Pattern USE = Pattern.compile("\\bt(?:Or)?\\('([\\w.-]+)'");

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Map<String, String> vietnamese = words("vi");
        Map<String, String> english = words("en");
        assertFalse(vietnamese.isEmpty());
        assertEquals(vietnamese.keySet(), english.keySet());
        assertEquals(placeholders(vietnamese), placeholders(english));
    }

    @Test
    void everyKeyUsedHasWords() throws IOException {
        Set<String> missing = new TreeSet<>();
        Map<String, String> words = words("vi");
        for (Path script : scripts()) {
            matches(USE, Files.readString(script))
                    .map(use -> use.group(1))
                    .filter(key -> !words.containsKey(key))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void noScriptSpeaksForItself() throws IOException {
        Pattern vietnamese = Pattern.compile(
                "['`>][^'`\\n]*[ạảãàáâậầấẩẫăắằặẳẵéèẻẽẹêếềểễệóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữự][^'`\\n]*['`<]");
        List<String> found = new ArrayList<>();
        for (Path script : scripts()) {
            if (!script.startsWith(SCRIPTS.resolve("i18n"))) {
                matches(
                                vietnamese,
                                Files.readString(script).replaceAll("(?m)^\\s*(//|/?\\*).*$|//.*$|/\\*\\*.*\\*/", ""))
                        .forEach(match -> found.add(script.getFileName() + ": " + match.group()));
            }
        }
        assertEquals(List.of(), found);
    }

    private static Map<String, String> words(String language) throws IOException {
        Map<String, String> words = new TreeMap<>();
        for (Path script : scripts()) {
            boolean isOfLanguage = Path.of(language + ".js").equals(script.getFileName())
                    || script.getFileName().toString().endsWith("." + language + ".js");
            if (script.startsWith(SCRIPTS.resolve("i18n")) && isOfLanguage) {
                matches(ENTRY, Files.readString(script))
                        .forEach(entry -> words.merge(entry.group(1), entry.group(2), (first, second) -> "twice"));
            }
        }
        return words;
    }

    private static Map<String, Set<String>> placeholders(Map<String, String> words) {
        return words.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> matches(PLACEHOLDER, entry.getValue())
                                .map(MatchResult::group)
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .map(Function.identity())
                    .toList();
        }
    }
}
