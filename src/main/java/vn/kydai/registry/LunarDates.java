package vn.kydai.registry;

import java.time.LocalDate;
import java.time.Month;

/**
 * The two days of the Vietnamese lunar calendar (âm lịch, at 105° E, UTC+07:00) on which the law gives days off, 2020 to
 * 2050. It is a table since Java has no such calendar and the Chinese one, which it has, differs in some years: Tết of 2030
 * is 2 February in Hà Nội and 3 February in Beijing. A test works every date out from the moon and the sun (J. Meeus,
 * Astronomical Algorithms, as arranged by Hồ Ngọc Đức).
 */
final class LunarDates {
    static final int FIRST_YEAR = 2020;
    static final int LAST_YEAR = 2050;

    private static final int YEARS_OF_A_ROW = 2;
    private static final int HUNDRED = 100;

    /** Of each year from {@link #FIRST_YEAR}: month × 100 + day of 1/1 (mùng 1 Tết) and of 10/3 (Giỗ Tổ). */
    private static final int[] DATES = {
        125, 402, 212, 421, 201, 410, 122, 429, 210, 418, // 2020–2024
        129, 407, 217, 426, 206, 416, 126, 404, 213, 423, // 2025–2029
        202, 412, 123, 401, 211, 419, 131, 409, 219, 428, // 2030–2034
        208, 417, 128, 406, 215, 424, 204, 413, 124, 403, // 2035–2039
        212, 420, 201, 410, 122, 429, 210, 419, 130, 407, // 2040–2044
        217, 426, 206, 415, 126, 404, 214, 422, 202, 411, // 2045–2049
        123, 401, // 2050
    };

    private static final String[] STEMS = {"Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ"};
    private static final String[] BRANCHES = {
        "Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi"
    };

    private LunarDates() {}

    static boolean knows(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    /** Returns the first day of the first lunar month (mùng 1 Tết) of a year that is {@linkplain #knows known}. */
    static LocalDate newYear(int year) {
        return date(year, 0);
    }

    /** Returns the tenth day of the third lunar month (Giỗ Tổ Hùng Vương) of a year that is {@linkplain #knows known}. */
    static LocalDate hungKings(int year) {
        return date(year, 1);
    }

    /** Returns what a lunar year is called (can chi): 2027 is Đinh Mùi. */
    static String name(int year) {
        return STEMS[year % STEMS.length] + " " + BRANCHES[year % BRANCHES.length];
    }

    private static LocalDate date(int year, int column) {
        int packed = DATES[(year - FIRST_YEAR) * YEARS_OF_A_ROW + column];
        return LocalDate.of(year, Month.of(packed / HUNDRED), packed % HUNDRED);
    }
}
