package vn.kydai.simulate;

import java.time.DayOfWeek;
import java.util.SplittableRandom;

/** When people come: half of the day's before 10:00, more on Mondays. */
final class Arrivals {
    private static final double MONDAY = 1.4;
    private static final double OTHER_WORKING_DAY = 0.95;
    /** A Saturday desk only receives, and few come. */
    private static final double SATURDAY = 0.12;

    private static final double SPREAD = 0.12;

    /** Share of the open time → share of the day's people; 0.3125 is 10:00 of an eight-hour day from 07:30. */
    private static final double[][] CURVE = {{0, 0}, {0.04, 0.04}, {0.3125, 0.5}, {0.5, 0.68}, {0.75, 0.86}, {0.96, 1}};

    private Arrivals() {}

    /** Returns how many come on a date of which so many come on an ordinary day. */
    static int count(int ordinary, OfficeDay day, SplittableRandom random) {
        double factor = 1 + SPREAD * random.nextGaussian();
        double weekday = !day.isOpen()
                ? 0
                : !day.isWorkingDay()
                        ? SATURDAY
                        : day.date().getDayOfWeek() == DayOfWeek.MONDAY ? MONDAY : OTHER_WORKING_DAY;
        return (int) Math.max(0, Math.round(ordinary * weekday * factor));
    }

    /** Draws the share of the open time that has passed when somebody comes. */
    static double share(SplittableRandom random) {
        double people = random.nextDouble();
        int upper = 1;
        while (CURVE[upper][1] < people) {
            upper++;
        }
        double[] from = CURVE[upper - 1];
        double[] to = CURVE[upper];
        return from[0] + (to[0] - from[0]) * (people - from[1]) / (to[1] - from[1]);
    }
}
