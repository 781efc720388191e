package vn.kydai.event.codec;

/** Codes of units, UCUM's as a rule. */
public final class Units {
    private static final char GREEK_MU = '\u03bc';
    private static final char MICRO_SIGN = '\u00b5';
    private static final char OHM_SIGN = '\u2126';
    private static final char GREEK_OMEGA = '\u03a9';

    private Units() {}

    /**
     * Returns the one spelling of a code that keyboards and libraries write in two: µ is the micro sign U+00B5 or the
     * Greek letter U+03BC, Ω the Greek letter U+03A9 or the ohm sign U+2126. They look the same and mean the same.
     */
    public static String canonical(String code) {
        return code.replace(GREEK_MU, MICRO_SIGN).replace(OHM_SIGN, GREEK_OMEGA);
    }
}
