package vn.kydai.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * A YAML file as a JSON tree that remembers the line of each of its nodes. Dates and clock times stay text; a repeated
 * key, an alias, a tag or more than one document is refused; size and nesting are bounded.
 */
public final class YamlFile {
    /** Most a file may have. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 32;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setCodePointLimit(MAX_BYTES)
            .setAllowNonScalarKeys(true)
            .build();

    private final String name;
    private final JsonNode content;
    private final Map<String, Integer> lines;
    private final boolean isEnded;

    private YamlFile(String name, JsonNode content, Map<String, Integer> lines, boolean isEnded) {
        this.name = name;
        this.content = content;
        this.isEnded = isEnded;
        this.lines = Map.copyOf(lines);
    }

    /** Reads a file; absent when there is none. Fails with {@link ConfigurationException}. */
    public static Optional<YamlFile> readIfExists(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file + ": found " + Files.size(file) + " bytes; allowed: at most " + MAX_BYTES);
            }
            return Optional.of(of(file.toString(), Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw refused(file + ": found bytes that are not UTF-8; allowed: UTF-8 text");
        } catch (IOException e) {
            throw refused(file + ": cannot be read: " + e);
        }
    }

    /** Reads a file that must be there. Fails with {@link ConfigurationException}. */
    public static YamlFile read(Path file) {
        return readIfExists(file).orElseThrow(() -> refused(file + ": found no such file; allowed: a YAML file"));
    }

    /** Reads text; an empty one is an empty object. Fails with {@link ConfigurationException} naming {@code name}. */
    public static YamlFile of(String name, String text) {
        try {
            checkDepth(name, new Parse(SETTINGS).parseString(text));
            YamlTree tree = new YamlTree(name);
            JsonNode content = new Compose(SETTINGS)
                    .composeString(text)
                    .map(tree::convert)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            return new YamlFile(name, content, tree.lines(), isEnded(text));
        } catch (MarkedYamlEngineException e) {
            throw refused(name + e.getProblemMark().map(YamlFile::after).orElse("") + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw refused(name + ": " + e.getMessage());
        }
    }

    /** Returns its content. */
    public JsonNode content() {
        return content;
    }

    /** Tells whether its last line is the end of a document, {@code ...}: nothing has been cut off behind it. */
    public boolean isEnded() {
        return isEnded;
    }

    private static boolean isEnded(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .reduce((first, next) -> next)
                .filter(last -> last.stripTrailing().equals("..."))
                .isPresent();
    }

    /** Returns where a pointer is: {@code config/areas.yaml:12}; for what is not there, where its nearest ancestor is. */
    public String position(String pointer) {
        String nearest = pointer;
        while (!lines.containsKey(nearest) && !nearest.isEmpty()) {
            nearest = nearest.substring(0, nearest.lastIndexOf('/'));
        }
        return name + ":" + lines.getOrDefault(nearest, 1);
    }

    private static void checkDepth(String name, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw refused(name + event.getStartMark().map(YamlFile::after).orElse("")
                        + ": found deeper nesting; allowed: at most " + MAX_DEPTH + " levels");
            }
        }
    }

    private static String after(Mark mark) {
        return ":" + (mark.getLine() + 1);
    }

    private static ConfigurationException refused(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}
