package vn.kydai.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.registry.WorkingCalendar;

/** What stands in one cell. */
class CellsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "24/11/2026 08:05|2026-11-24T08:05",
                "4/1/2026 8:05:30|2026-01-04T08:05:30",
                "24-11-2026 08:05|2026-11-24T08:05",
                "24.11.2026|2026-11-24T00:00",
                "8h05 24/11/2026|2026-11-24T08:05",
                "08:05, 24/11/2026|2026-11-24T08:05",
                "2026-11-24 08:05|2026-11-24T08:05",
                "2026-11-24T01:05:00Z|2026-11-24T08:05",
                "2026-11-24T08:05:00+07:00|2026-11-24T08:05"
            })
    void datesAreReadAsTheyAreWrittenInVietnam(String text, LocalDateTime expected) {
        LocalMoment moment = LocalMoment.parse("time", text, null);

        assertEquals(expected.atZone(WorkingCalendar.ZONE).toInstant(), moment.instant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31/02/2026 08:05",
                "11/24/2026",
                "24/11/26",
                "tomorrow",
                "08:05",
                "24/11/2026 25:00",
                "24/11/2026 24:00",
                "46350.33",
                "46350",
                "29/02/2027",
                "00/11/2026",
                "2026-02-30",
                "24/11/2026 8:05 PM",
                ""
            })
    void whatIsNoDateIsRefused(String text) {
        UnusableRow problem = assertThrows(UnusableRow.class, () -> LocalMoment.parse("time", text, null));

        assertEquals("time", problem.field());
    }

    @Test
    void aTimeOfDayBelongsToTheDateOfItsRow() {
        LocalMoment moment = LocalMoment.parse("calledAt", "08:05", LocalDate.of(2026, 11, 24));

        assertEquals(
                LocalDateTime.of(2026, 11, 24, 8, 5)
                        .atZone(WorkingCalendar.ZONE)
                        .toInstant(),
                moment.instant());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",|3,11|3.11",
                ",|1.234,5|1234.5",
                ",|1.234|1234",
                ",|1 234,5|1234.5",
                ",|-0,2|-0.2",
                ",|1 234 567|1234567",
                ".|1,234.5|1234.5",
                ".|1,234|1234",
                ".|1.234|1.234",
                ".|0.0443|0.0443"
            })
    void theFileSaysWhichMarkIsTheDecimalOne(char decimal, String text, BigDecimal expected) {
        assertEquals(0, expected.compareTo(Numbers.with(decimal).parse("value", text)), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "N/A",
                "3.1|3.2",
                "1,2,3",
                "1e5",
                "1,5E+03",
                "12 m",
                "1.23.456,7",
                "3.11",
                "0.850",
                "12 34",
                "1 234 56",
                "0 123",
                "1.234.56",
                "1,7%",
                "(5)",
                "5-",
                "1 234.567,8",
                "１２"
            })
    void whatIsNoNumberIsRefused(String text) {
        assertThrows(UnusableRow.class, () -> Numbers.with(',').parse("value", text));
    }

    @ParameterizedTest
    @CsvSource({"Mã HỒ SƠ:, ma ho so", "Số  hoá, so hoa", "'Phí, lệ phí', phi le phi", "Đơn vị, don vi", "%, %"})
    void namesAreEqualHoweverTheyAreTyped(String typed, String plain) {
        assertEquals(plain, Spelling.plain(typed));
    }
}
