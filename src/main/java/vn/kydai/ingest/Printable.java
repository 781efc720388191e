package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Short printable forms of what others sent, for details and dead letters. */
final class Printable {
    /** Most names of unknown fields told. */
    static final int MAX_NAMES = 20;

    private static final int MAX_CHARS = 40;

    /** Room for every topic of our own form. */
    private static final int MAX_TOPIC_CHARS = 210;

    private Printable() {}

    /** Shortens the name of a field. */
    static String name(String name) {
        return shorten(name);
    }

    /** Tells what was found: a scalar itself, shortened; of an object or an array only that it is one. */
    static String excerpt(JsonNode found) {
        if (found.isObject()) {
            return "an object";
        }
        if (found.isArray()) {
            return "an array";
        }
        return found.isTextual() ? quoted(found.textValue()) : shorten(found.asText());
    }

    /** Puts a shortened text in quotes. */
    static String quoted(String text) {
        return '"' + shorten(text) + '"';
    }

    /** Puts a topic in quotes, shortened only beyond what one of ours may be. */
    static String topic(String topic) {
        return '"' + shorten(topic, MAX_TOPIC_CHARS) + '"';
    }

    /** Returns bytes as text, one character a byte, a dot for what cannot be printed. */
    static String ascii(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(c >= ' ' && c < 0x7f ? (char) c : '.'));
        return printable.toString();
    }

    private static String shorten(String text) {
        return shorten(text, MAX_CHARS);
    }

    private static String shorten(String text, int most) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(most + 1L).forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : '.'));
        return printable.codePointCount(0, printable.length()) <= most
                ? printable.toString()
                : printable.substring(0, printable.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
