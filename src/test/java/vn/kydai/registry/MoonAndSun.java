package vn.kydai.registry;

import java.time.LocalDate;
import java.time.temporal.JulianFields;

/**
 * Dates of the Vietnamese lunar calendar from the times of new moons and the longitude of the sun at UTC+07:00 (J. Meeus,
 * Astronomical Algorithms; arranged by Hồ Ngọc Đức): a month begins on the day of the new moon, the eleventh holds the
 * winter solstice, and a leap month is the first without a major term. Days are Julian day numbers.
 */
final class MoonAndSun {
    private static final double ZONE_DAYS = 7 / 24.0;
    private static final double MEAN_MONTH = 29.530588853;
    private static final double FIRST_NEW_MOON = 2415021.076998695;
    private static final int WINTER_SOLSTICE = 9;

    private MoonAndSun() {}

    static LocalDate date(int day, int month, int year) {
        int solstice = eleventhMonth(month < 11 ? year - 1 : year);
        int next = eleventhMonth(month < 11 ? year : year + 1);
        int index = (int) (0.5 + (solstice - FIRST_NEW_MOON) / MEAN_MONTH);
        int ahead = Math.floorMod(month - 11, 12);
        if (next - solstice > 365 && ahead >= leap(solstice)) {
            ahead++;
        }
        return LocalDate.MIN.with(JulianFields.JULIAN_DAY, newMoon(index + ahead) + (long) day - 1);
    }

    private static int eleventhMonth(int year) {
        long lastOfDecember = LocalDate.of(year, 12, 31).getLong(JulianFields.JULIAN_DAY);
        int index = (int) ((lastOfDecember - 2415021) / MEAN_MONTH);
        int found = newMoon(index);
        return majorTerm(found) >= WINTER_SOLSTICE ? newMoon(index - 1) : found;
    }

    private static int leap(int solstice) {
        int index = (int) ((solstice - FIRST_NEW_MOON) / MEAN_MONTH + 0.5);
        int month = 1;
        int term = majorTerm(newMoon(index + month));
        int last;
        do {
            last = term;
            month++;
            term = majorTerm(newMoon(index + month));
        } while (term != last && month < 14);
        return month - 1;
    }

    private static int newMoon(int index) {
        return (int) Math.floor(conjunction(index) + 0.5 + ZONE_DAYS);
    }

    /** Returns the sign, 0 to 11, in which the sun stands when a local day begins. */
    private static int majorTerm(int day) {
        return (int) Math.floor(longitude(day - 0.5 - ZONE_DAYS) / Math.PI * 6);
    }

    private static double conjunction(int index) {
        double t = index / 1236.85;
        double t2 = t * t;
        double t3 = t2 * t;
        double mean = 2415020.75933
                + 29.53058868 * index
                + 0.0001178 * t2
                - 0.000000155 * t3
                + 0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
        double sun = 359.2242 + 29.10535608 * index - 0.0000333 * t2 - 0.00000347 * t3;
        double moon = 306.0253 + 385.81691806 * index + 0.0107306 * t2 + 0.00001236 * t3;
        double latitude = 21.2964 + 390.67050646 * index - 0.0016528 * t2 - 0.00000239 * t3;
        double correction = (0.1734 - 0.000393 * t) * sin(sun)
                + 0.0021 * sin(2 * sun)
                - 0.4068 * sin(moon)
                + 0.0161 * sin(2 * moon)
                - 0.0004 * sin(3 * moon)
                + 0.0104 * sin(2 * latitude)
                - 0.0051 * sin(sun + moon)
                - 0.0074 * sin(sun - moon)
                + 0.0004 * sin(2 * latitude + sun)
                - 0.0004 * sin(2 * latitude - sun)
                - 0.0006 * sin(2 * latitude + moon)
                + 0.0010 * sin(2 * latitude - moon)
                + 0.0005 * sin(2 * moon + sun);
        return mean + correction - (-0.000278 + 0.000265 * t + 0.000262 * t2);
    }

    private static double longitude(double day) {
        double t = (day - 2451545.0) / 36525;
        double t2 = t * t;
        double anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
        double mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
        double centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(anomaly)
                + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
                + 0.000290 * sin(3 * anomaly);
        double radians = Math.toRadians(mean + centre);
        return radians - 2 * Math.PI * Math.floor(radians / (2 * Math.PI));
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }
}
