package vn.kydai.transfer;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads numbers as people write them. The file says which mark is the decimal one; the other one groups thousands, and is
 * taken for a decimal mark only where it cannot group.
 */
final class Numbers {
    private final char decimal;
    private final char grouping;
    private final Pattern plain;
    private final Pattern grouped;
    private final Pattern other;

    /** Takes a comma or a point. */
    Numbers(char decimal) {
        this.decimal = decimal;
        this.grouping = decimal == ',' ? '.' : ',';
        String mark = Pattern.quote(String.valueOf(decimal));
        String group = Pattern.quote(String.valueOf(grouping));
        this.plain = number(mark);
        this.grouped = Pattern.compile("-?\\d{1,3}(" + group + "\\d{3})+(" + mark + "\\d{1,15})?");
        this.other = number(group);
    }

    /** Reads a number; fails with {@link UnusableRow} naming the field. */
    BigDecimal parse(String field, String text) {
        String bare = text.replace('\u2212', '-').replaceAll("[\\s\\u00a0\\u202f]", "");
        if (plain.matcher(bare).matches()) {
            return new BigDecimal(bare.replace(decimal, '.'));
        }
        if (grouped.matcher(bare).matches()) {
            return new BigDecimal(bare.replace(String.valueOf(grouping), "").replace(decimal, '.'));
        }
        if (other.matcher(bare).matches()) {
            return new BigDecimal(bare.replace(grouping, '.'));
        }
        throw new UnusableRow(field, "is no number");
    }

    private static Pattern number(String mark) {
        return Pattern.compile("-?\\d{1,18}(" + mark + "\\d{1,15})?");
    }
}
