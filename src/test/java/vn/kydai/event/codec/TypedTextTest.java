package vn.kydai.event.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTextTest {
    private static final String COUNTER = "Quầy 1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Quầy 1",
                "Qua\u0302\u0300y 1",
                "Quâ\u0300y 1",
                " Quầy 1 ",
                "Quầy  1",
                "Quầy\u00a01",
                "Quầy\u2003\u202f1",
                "\u3000Quầy 1\u2028",
                "Quầy \u200b1",
                "\ufeffQuầy 1",
                "Qu\u00adầy 1\u200d",
                "Qua\u200d\u0302\u0300y 1",
                "Quầy 1\ufe0f",
                "\u202aQuầy 1\u202c"
            })
    void oneNameHasOneSpelling(String spelling) {
        assertEquals(COUNTER, TypedText.name(spelling));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quầy 2", "quầy 1", "Quay 1", "Quầy1"})
    void anotherNameStaysAnother(String other) {
        assertNotEquals(COUNTER, TypedText.name(other));
    }

    @Test
    void lettersThatMerelyLookAlikeStayTwo() {
        assertNotEquals(TypedText.name("Đăng ký"), TypedText.name("\u00d0ăng ký"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u2003", "\u200b\u200d\ufeff", " \u00ad "})
    void whatCannotBeSeenIsNoName(String nothing) {
        assertEquals("", TypedText.name(nothing));
    }

    @Test
    void aNoteKeepsItsLinesAndBlanks() {
        assertEquals("Đã gọi\n  hai lần", TypedText.note(" Đa\u0303 go\u0323i\n  hai lâ\u0300n\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\u0085b", "\ue000", "\uffff", "\ufdd0", "\ud83f\udfff", "a\tb", "a\nb"})
    void aControlAPrivateOrNoCharacterCannotBePrinted(String text) {
        assertFalse(TypedText.isPrintable(text));
    }

    @Test
    void halfASurrogatePairCannotBeStored() {
        assertFalse(
                TypedText.isStorable("a\ud800") || TypedText.isStorable("\udc00a") || TypedText.isStorable("\u0000"));
        assertTrue(TypedText.isStorable("\ud83d\ude00"));
    }

    @Test
    void aNameOfANameIsTheSameNameInNfc() {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the names: " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < 50_000; n++) {
            String text = text(random);
            String name = TypedText.name(text);
            assertEquals(name, TypedText.name(name), () -> escaped(text));
            assertTrue(Normalizer.isNormalized(name, Normalizer.Form.NFC), () -> escaped(text));
            // Controls are refused; some of them are blanks to Java.
            if (TypedText.isPrintable(name)) {
                assertEquals(name.strip(), name, () -> escaped(text));
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(8); n >= 0; n--) {
            int character = switch (random.nextInt(6)) {
                case 0 -> ' ';
                case 1 -> 0x300 + random.nextInt(0x70);
                case 2 -> 0x2000 + random.nextInt(0x70);
                case 3 -> 'a' + random.nextInt(26);
                case 4 -> random.nextInt(0xd800);
                default -> random.nextInt(0x110000);
            };
            text.appendCodePoint(character >= 0xd800 && character < 0xe000 ? 'x' : character);
        }
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> escaped.append("U+%04X ".formatted(c)));
        return escaped.toString();
    }
}
