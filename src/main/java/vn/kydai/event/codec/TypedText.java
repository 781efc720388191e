package vn.kydai.event.codec;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Text that people type. The same word reaches us in several spellings, which keyboards, spreadsheets and phones choose:
 * composed or decomposed marks, blanks that do not break, characters without width. Whoever reads it sees one word, so
 * one it is.
 */
public final class TypedText {
    /** Below it every character stands for itself in NFC, and none is left out but U+00AD. */
    private static final char FIRST_COMBINING = '\u0300';

    private static final char SOFT_HYPHEN = '\u00ad';
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final int PLANE_MASK = 0xffff;
    private static final int FIRST_IN_PLANE_THAT_IS_NONE = 0xfffe;
    private static final int FIRST_NONCHARACTER = 0xfdd0;
    private static final int LAST_NONCHARACTER = 0xfdef;

    private TypedText() {}

    /**
     * Returns a name in its one spelling: NFC, without characters that cannot be seen, each run of blanks one space, none
     * at the ends. Empty when nothing can be seen of it. Letters that merely look alike, such as Đ and Ð, stay two.
     */
    public static String name(String text) {
        return isPlain(text) ? text : spaced(normalised(visible(text)));
    }

    /** Returns what somebody wrote, in NFC and without blanks at its ends: a note, whose lines and blanks are theirs. */
    public static String note(String text) {
        return normalised(text).strip();
    }

    /** Returns a text in NFC. */
    public static String normalised(String text) {
        return Normalizer.isNormalized(text, Form.NFC) ? text : Normalizer.normalize(text, Form.NFC);
    }

    /** Tells whether a text can be stored and read back as it is: it has a form in UTF-8, without U+0000. */
    public static boolean isStorable(String text) {
        // Every text of every event passes here: a loop costs a tenth of a stream.
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    /** Tells whether nothing of a text is a control, of private use or no character at all: everybody can print it. */
    public static boolean isPrintable(String text) {
        return text.codePoints().allMatch(TypedText::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.PRIVATE_USE, Character.SURROGATE -> false;
            default -> !isNoncharacter(c);
        };
    }

    private static boolean isNoncharacter(int c) {
        return (c & PLANE_MASK) >= FIRST_IN_PLANE_THAT_IS_NONE || (c >= FIRST_NONCHARACTER && c <= LAST_NONCHARACTER);
    }

    /** Nearly every name is: then nothing is copied. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c >= FIRST_COMBINING || c == SOFT_HYPHEN || c == NO_BREAK_SPACE || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** Unicode's Default_Ignorable_Code_Point, of which Java knows the formats by their category and not the others. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0xe0000 && c <= 0xe0fff);
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean isBlankDue = false;
        for (int c : text.codePoints().toArray()) {
            if (Character.isSpaceChar(c)) {
                isBlankDue = !spaced.isEmpty();
            } else {
                if (isBlankDue) {
                    spaced.append(' ');
                    isBlankDue = false;
                }
                spaced.appendCodePoint(c);
            }
        }
        return spaced.toString();
    }
}
