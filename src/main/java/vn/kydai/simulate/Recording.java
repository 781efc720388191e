package vn.kydai.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.Json;

/** A file of CloudEvents, one a line, in order of time. Read piece by piece; blocking. */
final class Recording implements AutoCloseable {
    private static final String SOURCES = "/sources/";

    private final BufferedReader reader;

    Recording(Path file) throws IOException {
        this.reader = Files.newBufferedReader(file);
    }

    /**
     * One line that can be sent.
     *
     * @param source id of the source it names
     * @param topic where MQTT publishes it
     * @param text as it stands in the file
     */
    record Line(String source, String topic, Instant eventTime, String text) {
        /** Returns the line's text, every instant in it moved. */
        String moved(Duration by) {
            try {
                ObjectNode event = (ObjectNode) Json.MAPPER.readTree(text);
                move(event, "time", by);
                if (event.get("data") instanceof ObjectNode data) {
                    List.of("submittedAt", "receivedAt", "dueAt", "promisedAt").forEach(name -> move(data, name, by));
                }
                return Json.text(event);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void move(ObjectNode node, String name, Duration by) {
            JsonNode found = node.get(name);
            if (found != null && found.isTextual()) {
                node.put(name, Json.time(instant(found.asText()).plus(by)));
            }
        }
    }

    /**
     * Lines read together.
     *
     * @param unreadable how many could not be sent at all
     */
    record Piece(List<Line> lines, int unreadable, boolean isLast) {
        Piece {
            lines = List.copyOf(lines);
        }
    }

    /** Reads at most so many lines on. */
    Piece next(int count) {
        List<Line> lines = new ArrayList<>();
        int unreadable = 0;
        try {
            for (int read = 0; read < count; read++) {
                String text = reader.readLine();
                if (text == null) {
                    return new Piece(lines, unreadable, true);
                }
                if (text.isBlank()) {
                    continue;
                }
                Optional<Line> line = parse(text);
                line.ifPresent(lines::add);
                unreadable += line.isPresent() ? 0 : 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Piece(lines, unreadable, false);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Takes what sending needs; the rest of the event is the server's to judge. */
    static Optional<Line> parse(String text) {
        try {
            JsonNode event = Json.MAPPER.readTree(text);
            String source = event.path("source").asText();
            String area = event.path("area").asText();
            Optional<Kind> kind = Kind.ofType(event.path("type").asText());
            Instant eventTime = instant(event.path("time").asText());
            if (!source.startsWith(SOURCES) || area.isEmpty() || kind.isEmpty()) {
                return Optional.empty();
            }
            String id = source.substring(SOURCES.length());
            return Optional.of(new Line(id, Parcel.topic(area, id, kind.get().id()), eventTime, text));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
