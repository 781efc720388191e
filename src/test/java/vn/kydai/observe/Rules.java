package vn.kydai.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules of the repository. */
public final class Rules {
    static final Path FILE = Path.of("grafana/alerts.yml");

    private Rules() {}

    /** One alert. */
    public record Rule(String name, String expression, Map<String, String> annotations) {}

    /** Returns all of them, in their order. */
    public static List<Rule> all() {
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text());
        List<Rule> rules = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> fields = (Map<?, ?>) rule;
                Map<String, String> notes = new java.util.TreeMap<>();
                ((Map<?, ?>) fields.get("annotations"))
                        .forEach((name, note) -> notes.put(name.toString(), note.toString()));
                ((Map<?, ?>) fields.get("labels")).forEach((name, note) -> notes.put(name.toString(), note.toString()));
                rules.add(new Rule(
                        fields.get("alert").toString(), fields.get("expr").toString(), notes));
            }
        }
        return rules;
    }

    /** Returns the file with windows and patience that a test has the time for. */
    public static String hurried() {
        return Expressions.hurried(text()).replaceAll("for: [0-9]+[smh]", "for: 0s");
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
