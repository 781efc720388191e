package vn.kydai.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import vn.kydai.event.codec.Json;

/** What the demo remembers in the data directory: its clients' tokens, and until when they have sent. */
final class DemoFiles {
    /** Key of the wall's token; no source id begins so. */
    static final String WALL = "@wall";

    /** With the user name, key of a person's first password; no source id begins so. */
    static final String USER = "@user:";

    private static final String TOKENS = "demo-tokens.json";
    private static final String STATE = "demo-state.json";

    private final Path data;

    DemoFiles(Path data) {
        this.data = data;
    }

    /** Returns where the tokens are kept. */
    Path tokensFile() {
        return data.resolve(TOKENS);
    }

    /** Reads the tokens by source id; none when there is no such file. */
    Map<String, String> tokens() {
        return Files.exists(tokensFile()) ? readTokens(tokensFile()) : Map.of();
    }

    /** Reads a file of tokens, {@code {"source id": "token"}}. */
    static Map<String, String> readTokens(Path file) {
        try {
            Map<String, String> tokens = new LinkedHashMap<>();
            Json.MAPPER
                    .readTree(Files.readString(file))
                    .properties()
                    .forEach(
                            entry -> tokens.put(entry.getKey(), entry.getValue().asText()));
            return tokens;
        } catch (IOException e) {
            throw new Refusal(file + ": cannot be read as {\"source id\": \"token\", …}: " + e.getMessage());
        }
    }

    /** Keeps the tokens, for the owner alone. */
    void keepTokens(Map<String, String> tokens) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        tokens.forEach(node::put);
        write(tokensFile(), Json.text(node));
    }

    /** Returns until when an earlier run with this seed has sent; empty when it was later than now. */
    Optional<Instant> sentUntil(long seed, Instant now) {
        Path file = data.resolve(STATE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var state = Json.MAPPER.readTree(Files.readString(file));
            return state.path("seed").asLong() == seed
                    ? Optional.of(Instant.parse(state.path("sentUntil").asText()))
                            .filter(until -> !until.isAfter(now))
                    : Optional.empty();
        } catch (IOException e) {
            throw new Refusal(file + ": cannot be read: " + e.getMessage() + "; it may be deleted");
        }
    }

    /** Returns until when any earlier run has sent: its journal cannot go back behind that. */
    Optional<Instant> reached() {
        Path file = data.resolve(STATE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var state = Json.MAPPER.readTree(Files.readString(file));
            return Optional.of(Instant.parse(state.path("sentUntil").asText()));
        } catch (IOException | DateTimeException e) {
            throw new Refusal(file + ": cannot be read: " + e.getMessage() + "; it may be deleted");
        }
    }

    /** Notes until when everything has been sent and answered. */
    void keepSentUntil(long seed, Instant until) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("seed", seed).put("sentUntil", Json.time(until));
        write(data.resolve(STATE), Json.text(node));
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(data);
            Path whole = Files.createTempFile(data, "demo", ".tmp", ownerOnly());
            Files.write(whole, text.getBytes(UTF_8));
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
