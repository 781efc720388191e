package vn.kydai.transfer;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the numbers of one column, which has one decimal mark; the other mark, or a blank, groups thousands. A leading 0 is
 * never a group of thousands: {@code 0.850} is below one whatever the file's other columns do.
 */
final class Numbers {
    /** What a number says about its column. */
    enum Proof {
        /** It has no mark, or is no number. */
        NOTHING,
        /** The comma is the decimal mark. */
        COMMA,
        /** The point is the decimal mark. */
        POINT,
        /** A comma before three digits: the decimal mark, or thousands. */
        COMMA_OR_GROUP,
        /** A point before three digits: the decimal mark, or thousands. */
        POINT_OR_GROUP
    }

    private static final Pattern BLANKS = Pattern.compile("(?<=\\d)[ \\u00a0\\u2009\\u202f](?=\\d{3}(?!\\d))");
    private static final Pattern SHAPE = Pattern.compile("-?(\\d{1,18})((?:[.,]\\d{1,40})*)");
    private static final Pattern GROUPS = Pattern.compile("([.,])\\d{3}(?:\\1\\d{3})*");
    private static final Pattern EXACT = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");
    private static final Pattern EXPONENT = Pattern.compile("[+-]?\\d+([.,]\\d+)?[eE][+-]?\\d+");
    private static final int MAX_GROUP_DIGITS = 3;

    private final char decimal;
    private final boolean isExact;

    private Numbers(char decimal, boolean isExact) {
        this.decimal = decimal;
        this.isExact = isExact;
    }

    /** Returns those of a column whose decimal mark is a comma or a point. */
    static Numbers with(char decimal) {
        return new Numbers(decimal, false);
    }

    /** Returns those that the product wrote itself: a point, as many digits as there are, no groups. */
    static Numbers exact() {
        return new Numbers('.', true);
    }

    /** Tells what a cell says about the decimal mark of its column. */
    static Proof proof(String text) {
        String bare = bare(text);
        Matcher shape = SHAPE.matcher(bare);
        if (!shape.matches() || shape.group(2).isEmpty()) {
            return Proof.NOTHING;
        }
        String whole = shape.group(1);
        String rest = shape.group(2);
        char mark = rest.charAt(0);
        int last = Math.max(rest.lastIndexOf(','), rest.lastIndexOf('.'));
        if (rest.indexOf(mark, 1) < 0 && last > 0) {
            return isGrouped(whole, rest.substring(0, last)) ? decimal(rest.charAt(last)) : Proof.NOTHING;
        }
        if (last > 0) {
            char end = rest.charAt(last);
            boolean isGrouped = isGrouped(whole, end == mark ? rest : rest.substring(0, last));
            return isGrouped ? decimal(end == mark ? other(mark) : end) : Proof.NOTHING;
        }
        if (!isGrouped(whole, rest) || hasBlankGroups(text)) {
            return decimal(mark);
        }
        return mark == ',' ? Proof.COMMA_OR_GROUP : Proof.POINT_OR_GROUP;
    }

    /** Reads a number; fails with {@link UnusableRow} naming the field. */
    BigDecimal parse(String field, String text) {
        if (isExact) {
            if (!EXACT.matcher(text).matches()) {
                throw new UnusableRow(field, "is no number as an export writes it");
            }
            return new BigDecimal(text);
        }
        String bare = bare(text);
        Matcher shape = SHAPE.matcher(bare);
        if (!shape.matches()) {
            throw new UnusableRow(field, why(bare));
        }
        String rest = shape.group(2);
        int at = rest.lastIndexOf(decimal);
        String groups = at < 0 ? rest : rest.substring(0, at);
        boolean isUsable = groups.isEmpty() || (isGrouped(shape.group(1), groups) && groups.indexOf(decimal) < 0);
        if (!isUsable || (!groups.isEmpty() && hasBlankGroups(text))) {
            throw new UnusableRow(
                    field, "is no number where the decimal mark is a " + (decimal == ',' ? "comma" : "point"));
        }
        String whole = bare.substring(0, bare.length() - rest.length()) + groups.replaceAll("[.,]", "");
        return new BigDecimal(at < 0 ? whole : whole + '.' + rest.substring(at + 1));
    }

    private static String why(String bare) {
        if (EXPONENT.matcher(bare).matches()) {
            return "is written with an exponent: format the column as a number with all its digits";
        }
        return bare.endsWith("%") ? "has a percent sign: it belongs into the unit" : "is no number";
    }

    /** Takes the blanks out that group thousands, and no others. */
    private static String bare(String text) {
        String sign = text.strip().replace('\u2212', '-');
        return hasBlankGroups(sign) ? BLANKS.matcher(sign).replaceAll("") : sign;
    }

    /** Tells whether all blanks of a number stand before groups of three digits, the first of which is no 0. */
    private static boolean hasBlankGroups(String text) {
        return text.strip().matches("[-\\u2212]?[1-9]\\d{0,2}(?:[ \\u00a0\\u2009\\u202f]\\d{3})+(?:[.,]\\d{1,40})?");
    }

    private static boolean isGrouped(String whole, String groups) {
        return whole.length() <= MAX_GROUP_DIGITS
                && whole.charAt(0) != '0'
                && GROUPS.matcher(groups).matches();
    }

    private static Proof decimal(char mark) {
        return mark == ',' ? Proof.COMMA : Proof.POINT;
    }

    private static char other(char mark) {
        return mark == ',' ? '.' : ',';
    }
}
