package vn.kydai.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import vn.kydai.event.codec.Json;

/**
 * How far a file was taken, kept beside it while it is being imported: an interrupted import goes on there. It only saves
 * time, since what is posted a second time is a duplicate.
 */
final class Bookmark {
    /** How far an import came: every row up to a line was answered. */
    record Place(long line, Totals totals) {
        static final Place START = new Place(0, Totals.NONE);
    }

    private final Path file;
    private final String about;

    /** Creates that of an import; a place of another file, sheet, source or server is none of ours. */
    Bookmark(Path imported, String about) throws IOException {
        this.file = imported.resolveSibling(imported.getFileName() + ".import");
        this.about = about + " " + Files.size(imported) + " "
                + Files.getLastModifiedTime(imported).toMillis();
    }

    Place read() throws IOException {
        if (!Files.exists(file)) {
            return Place.START;
        }
        JsonNode node = Json.MAPPER.readTree(Files.readString(file));
        if (!node.path("about").asText().equals(about)) {
            return Place.START;
        }
        return new Place(
                node.path("line").asLong(),
                new Totals(
                        node.path("rows").asLong(),
                        node.path("refusedRows").asLong(),
                        node.path("committed").asLong(),
                        node.path("duplicate").asLong(),
                        node.path("rejected").asLong()));
    }

    void write(Place place) throws IOException {
        Totals totals = place.totals();
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("about", about)
                .put("line", place.line())
                .put("rows", totals.rows())
                .put("refusedRows", totals.refusedRows())
                .put("committed", totals.committed())
                .put("duplicate", totals.duplicate())
                .put("rejected", totals.rejected());
        Path whole = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(whole, Json.text(node));
        Path moved = Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        if (!moved.equals(file)) {
            throw new IOException(file + " was not written");
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
