package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file would take out of force without saying so: it is gone, empty, or cut short. A file that is cut between two of
 * its entries is valid, so nothing but what is missing tells it from one that is meant. What is taken out on purpose is
 * said: {@code enabled: false}, an empty list written out, or the end of a YAML document ({@code ...}) as the last line.
 * Pure.
 */
final class Losses {
    /** What names an entry of a list. */
    private static final List<String> NAMES = List.of("id", "code");

    private static final int MOST_NAMED = 5;
    private static final String ALLOWED =
            "; allowed: the whole file, and as its last line ... where something is taken out on purpose";

    private final String file;
    private final String allowed;

    private Losses(String file, String allowed) {
        this.file = file;
        this.allowed = allowed;
    }

    /**
     * Finds the first loss of a file; absent when it loses nothing.
     *
     * @param file as people know it
     * @param known its content in force
     * @param read its content now; absent where there is no such file
     * @param isEnded whether its last line says that it ends there
     * @param canDisable whether its entries may say {@code enabled: false}
     */
    static Optional<String> of(
            String file, JsonNode known, @Nullable JsonNode read, boolean isEnded, boolean canDisable) {
        JsonNode inForce = stated(known);
        if (isNothing(inForce)) {
            return Optional.empty();
        }
        Losses losses = new Losses(
                file,
                canDisable
                        ? "; allowed: each of them, with enabled: false where it shall be taken out, or as the last line ..."
                        : ALLOWED);
        if (read == null) {
            return Optional.of(losses.found("no such file, while its content is in force", ALLOWED));
        }
        if (read.isEmpty()) {
            return Optional.of(losses.found("nothing in it, while its content is in force", ALLOWED));
        }
        return isEnded ? Optional.empty() : losses.keys(inForce, read).or(() -> losses.tail(inForce, read, ""));
    }

    /** Tells whether nothing of a file is in force: there is none, or all its lists are empty. */
    private static boolean isNothing(JsonNode inForce) {
        for (JsonNode value : inForce) {
            if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** What the server adds of its own, days off to be expected, no file has to say. */
    private static JsonNode stated(JsonNode known) {
        JsonNode stated = known.deepCopy();
        if (stated instanceof ObjectNode file) {
            file.remove("expectedYears");
            for (JsonNode list : file) {
                for (Iterator<JsonNode> entries = list.isArray() ? list.elements() : Collections.emptyIterator();
                        entries.hasNext(); ) {
                    if (entries.next().path("expected").asBoolean()) {
                        entries.remove();
                    }
                }
            }
        }
        return stated;
    }

    private String found(String what, String instead) {
        return file + ": found " + what + "; it stays in force" + instead;
    }

    private Optional<String> keys(JsonNode inForce, JsonNode read) {
        for (Map.Entry<String, JsonNode> entry : inForce.properties()) {
            JsonNode before = entry.getValue();
            JsonNode now = read.path(entry.getKey());
            boolean isWithout = before.isNull() || (before.isArray() && before.isEmpty());
            if (!isWithout && (now.isMissingNode() || now.isNull())) {
                return Optional.of(found("no " + entry.getKey() + ", which are in force", ALLOWED));
            }
            Optional<String> fewer = before.isArray() && now.isArray() && !now.isEmpty()
                    ? entries(entry.getKey(), before, now)
                    : Optional.empty();
            if (fewer.isPresent()) {
                return fewer;
            }
        }
        return Optional.empty();
    }

    private Optional<String> entries(String key, JsonNode before, JsonNode now) {
        Map<String, Integer> missing = new TreeMap<>();
        int unnamed = 0;
        for (JsonNode entry : before) {
            String name = name(entry);
            boolean isOut =
                    entry.path("enabled").isBoolean() && !entry.path("enabled").booleanValue();
            if (name == null) {
                unnamed++;
            } else if (!isOut) {
                missing.merge(name, 1, Integer::sum);
            }
        }
        for (JsonNode entry : now) {
            String name = name(entry);
            if (name == null) {
                unnamed--;
            } else {
                missing.computeIfPresent(name, (known, times) -> times - 1);
            }
        }
        missing.values().removeIf(times -> times <= 0);
        if (!missing.isEmpty()) {
            String named = missing.keySet().stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            String more = missing.size() > MOST_NAMED ? ", …" : "";
            return Optional.of(found(
                    missing.size() + " of the " + before.size() + " " + key + " in force missing (" + named + more
                            + ")",
                    allowed));
        }
        return unnamed > 0
                ? Optional.of(found(unnamed + " of the " + before.size() + " " + key + " in force missing", ALLOWED))
                : Optional.empty();
    }

    private static @Nullable String name(JsonNode entry) {
        return NAMES.stream()
                .filter(entry::hasNonNull)
                .map(name -> entry.path(name).asText())
                .findFirst()
                .orElse(null);
    }

    /** What a cut within the last entry takes: whatever stands last must have what it had. */
    private Optional<String> tail(JsonNode before, JsonNode now, String pointer) {
        if (before.isObject() && now.isObject()) {
            String last = null;
            for (String key : (Iterable<String>) now::fieldNames) {
                last = key;
            }
            if (!pointer.isEmpty()) {
                for (Map.Entry<String, JsonNode> entry : before.properties()) {
                    if (!entry.getValue().isNull() && !now.hasNonNull(entry.getKey())) {
                        return Optional.of(found("no " + entry.getKey() + " at its end, " + pointer, ALLOWED));
                    }
                }
            }
            return last == null || !before.has(last)
                    ? Optional.empty()
                    : tail(before.path(last), now.path(last), Fields.child(pointer, last));
        }
        if (before.isArray() && now.isArray()) {
            return lastOf(before, now, pointer);
        }
        boolean isCut = before.isValueNode()
                && now.isValueNode()
                && !before.equals(now)
                && before.asText().length() > now.asText().length()
                && before.asText().startsWith(now.asText());
        return isCut
                ? Optional.of(
                        found(Fields.shown(now) + " at its end, " + pointer + ", for " + Fields.shown(before), ALLOWED))
                : Optional.empty();
    }

    private Optional<String> lastOf(JsonNode before, JsonNode now, String pointer) {
        if (now.isEmpty()) {
            return Optional.empty();
        }
        int index = now.size() - 1;
        JsonNode last = now.get(index);
        String name = name(last);
        List<JsonNode> known = new ArrayList<>();
        if (name == null) {
            if (now.size() < before.size()) {
                return Optional.of(
                        found(now.size() + " entries at its end, " + pointer + ", for " + before.size(), ALLOWED));
            }
            if (now.size() == before.size()) {
                known.add(before.get(index));
            }
        } else {
            before.forEach(entry -> {
                if (name.equals(name(entry))) {
                    known.add(entry);
                }
            });
        }
        return known.isEmpty() ? Optional.empty() : tail(known.get(known.size() - 1), last, pointer + "/" + index);
    }
}
