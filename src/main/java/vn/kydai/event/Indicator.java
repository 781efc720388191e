package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A slow figure (chỉ tiêu), such as the poverty rate of a year. A later one for the same period replaces it.
 *
 * @param indicator its id: {@code poverty_rate}
 * @param period {@code 2023}, {@code 2023-Q4} or {@code 2023-12}
 * @param value the value in {@code unit}; a rate is a fraction 0…1 with unit {@code 1}
 * @param unit UCUM code
 * @param standard the standard it was measured by; a chart breaks its line where it changes
 * @param numerator count behind a rate
 * @param denominator count behind a rate
 * @param target value aimed at
 */
public record Indicator(
        String indicator,
        String period,
        double value,
        String unit,
        @Nullable String standard,
        @Nullable Double numerator,
        @Nullable Double denominator,
        @Nullable Double target)
        implements Data {
    public Indicator {
        requireNonNull(indicator, "indicator is null");
        requireNonNull(period, "period is null");
        requireNonNull(unit, "unit is null");
    }

    @Override
    public Kind kind() {
        return Kind.INDICATOR;
    }
}
