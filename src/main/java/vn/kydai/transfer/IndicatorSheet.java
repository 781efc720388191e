package vn.kydai.transfer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Indicator;

/** Slow indicators (chỉ tiêu): one value of one period in each row. Percent become fractions. */
public final class IndicatorSheet implements Sheet {
    private static final Pattern YEAR = Pattern.compile("(?:nam )?(\\d{4})");
    private static final Pattern QUARTER = Pattern.compile("(?:quy |q)(i{1,3}|iv|[1-4]) (?:nam )?(\\d{4})");
    private static final Pattern MONTH = Pattern.compile("(?:thang )?(0?[1-9]|1[0-2]) (?:nam )?(\\d{4})");
    private static final Pattern CONTRACT = Pattern.compile("\\d{4}-(Q[1-4]|0[1-9]|1[0-2])");
    private static final List<String> ROMAN = List.of("i", "ii", "iii", "iv");

    @Override
    public String id() {
        return "indicators";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "id",
                "source",
                "seq",
                "indicator",
                "period",
                "value",
                "unit",
                "standard",
                "numerator",
                "denominator",
                "target",
                "time");
    }

    @Override
    public Set<String> required() {
        return Set.of("indicator", "period", "value", "unit", "time");
    }

    @Override
    public Set<String> numbers() {
        return Set.of("value", "numerator", "denominator", "target", "seq");
    }

    @Override
    public Set<String> moments() {
        return Set.of("time");
    }

    @Override
    public List<Draft> events(Row row) {
        boolean isPercent = row.required("unit").equals("%") && !row.isExported();
        Indicator indicator = new Indicator(
                row.required("indicator"),
                period(row.required("period")),
                scaled(row.requiredNumber("value"), isPercent),
                isPercent ? "1" : row.required("unit"),
                row.textOrNull("standard"),
                row.numberOrNull("numerator"),
                row.numberOrNull("denominator"),
                target(row, isPercent));
        return List.of(new Draft(
                row.textOrNull("id"),
                row.textOrNull("source"),
                row.requiredMoment("time").instant(),
                row.wholeOrNull("seq"),
                indicator));
    }

    private static @Nullable Double target(Row row, boolean isPercent) {
        return row.number("target").map(number -> scaled(number, isPercent)).orElse(null);
    }

    private static double scaled(BigDecimal number, boolean isPercent) {
        return (isPercent ? number.movePointLeft(2) : number).doubleValue();
    }

    /** {@code Năm 2023}, {@code Quý IV/2023}, {@code Tháng 12/2023}, and the contract's own forms. */
    private static String period(String text) {
        if (CONTRACT.matcher(text).matches()) {
            return text;
        }
        String plain = Spelling.plain(text);
        Matcher year = YEAR.matcher(plain);
        if (year.matches()) {
            return year.group(1);
        }
        Matcher quarter = QUARTER.matcher(plain);
        if (quarter.matches()) {
            String number = quarter.group(1);
            return quarter.group(2) + "-Q" + (ROMAN.contains(number) ? ROMAN.indexOf(number) + 1 : number);
        }
        Matcher month = MONTH.matcher(plain);
        if (month.matches()) {
            return "%s-%02d".formatted(month.group(2), Integer.parseInt(month.group(1)));
        }
        throw new UnusableRow("period", "is no year, quarter or month: " + Row.shown(text));
    }
}
