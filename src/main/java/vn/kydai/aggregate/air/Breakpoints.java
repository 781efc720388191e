package vn.kydai.aggregate.air;

import java.util.OptionalInt;

/** The decision's table of concentrations, µg/m³ at 25 °C and 1 atm, one column each pollutant and averaging time. */
public enum Breakpoints {
    O3_1H(0, 160, 200, 300, 400, 800, 1_000, 1_200),
    /** Ends at 300: above, the hourly column alone counts (clause 2.2.2.b). */
    O3_8H(0, 100, 120, 170, 210, 400),
    CO_1H(0, 10_000, 30_000, 45_000, 60_000, 90_000, 120_000, 150_000),
    SO2_1H(0, 125, 350, 550, 800, 1_600, 2_100, 2_630),
    NO2_1H(0, 100, 200, 700, 1_200, 2_350, 3_100, 3_850),
    PM10(0, 50, 150, 250, 350, 420, 500, 600),
    PM25(0, 25, 50, 80, 150, 250, 350, 500);

    /** Index at each row. */
    private static final int[] INDEX = {0, 50, 100, 150, 200, 300, 400, 500};

    private static final int HIGHEST = INDEX[INDEX.length - 1];
    private static final double MILLION = 1e6;

    /** Written once, below. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final double[] concentrations;

    Breakpoints(double... concentrations) {
        this.concentrations = concentrations;
    }

    /** Returns the column an hour's mean of a pollutant is looked up in; of dust its NowCast or its daily mean. */
    public static Breakpoints hourly(Pollutant pollutant) {
        return switch (pollutant) {
            case PM25 -> PM25;
            case PM10 -> PM10;
            case O3 -> O3_1H;
            case NO2 -> NO2_1H;
            case SO2 -> SO2_1H;
            case CO -> CO_1H;
        };
    }

    /**
     * Interpolates the sub-index of a concentration; empty above the end of a column that ends early.
     *
     * @param concentration µg/m³; below zero counts as zero, as an instrument's drift
     */
    public OptionalInt index(double concentration) {
        double value = Math.max(0, concentration);
        for (int row = 1; row < concentrations.length; row++) {
            if (value <= concentrations[row]) {
                return OptionalInt.of(between(row - 1, value));
            }
        }
        return concentrations.length == INDEX.length ? OptionalInt.of(HIGHEST) : OptionalInt.empty();
    }

    private int between(int row, double value) {
        double slope = (INDEX[row + 1] - INDEX[row]) / (concentrations[row + 1] - concentrations[row]);
        return rounded(slope * (value - concentrations[row]) + INDEX[row]);
    }

    /** Half up, after six decimals: what a binary fraction lacks to a half is not the decision's. */
    static int rounded(double exact) {
        long millionths = Math.round(exact * MILLION);
        return (int) Math.floorDiv(millionths + (long) MILLION / 2, (long) MILLION);
    }
}
