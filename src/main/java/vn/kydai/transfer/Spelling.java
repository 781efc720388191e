package vn.kydai.transfer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes a name equal however it is typed: Unicode writes "Hóa" in two ways, people in more. */
final class Spelling {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SIGNS = Pattern.compile("[^a-z0-9%]+");

    private Spelling() {}

    /** Returns a name without accents, letter case, and signs: {@code "Mã HỒ SƠ:"} is {@code "ma ho so"}. */
    static String plain(String text) {
        String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('đ', 'd');
        return SIGNS.matcher(bare).replaceAll(" ").strip();
    }
}
