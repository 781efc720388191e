package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.registry.Procedures.TimeUnit;

class ProceduresTest {
    @ParameterizedTest
    @CsvSource({
        "1.001193.000.00.00.H57, 1.001193",
        "1.001193.H56, 1.001193",
        "1.001193, 1.001193",
        "2.000815, 2.000815",
        "X.DEMO.HOURS, X.DEMO.HOURS",
        "wabo-0, wabo-0",
        "1.00119.000.00.00.H57, 1.00119.000.00.00.H57",
        "12.001193.H57, 12.001193.H57",
        "1.0011934, 1.0011934"
    })
    void onlyANationalCodesProvincialTailIsCut(String code, String normal) {
        assertEquals(normal, Procedures.normal(code));
    }

    @Test
    void aProcedureIsFoundWithAndWithoutItsTail() {
        Procedures procedures = CONFIG.registry().procedures();
        Procedures.Procedure birth = procedures.find("1.001193.000.00.00.H57").orElseThrow();
        assertEquals("Đăng ký khai sinh", birth.name());
        assertEquals(TimeUnit.SAME_DAY, birth.unit());
        assertEquals(3, procedures.find("1.004873").orElseThrow().time());
        assertEquals(
                TimeUnit.WORKING_HOURS,
                procedures.find("X.DEMO.HOURS").orElseThrow().unit());
        assertEquals(
                TimeUnit.CALENDAR_DAYS,
                procedures.find("1.011607").orElseThrow().unit());
        assertTrue(procedures.find("9.999999").isEmpty());
    }

    @Test
    void aCodeMayMeanAnotherTimeFromADateOn() {
        Procedures procedures = Procedures.of(json("{'procedures': ["
                + entry("'code': '1.001193', 'unit': 'workingDays', 'time': 5, 'validTo': '2025-07-01'")
                + ", "
                + entry("'code': '1.001193', 'unit': 'workingDays', 'time': 3, 'validFrom': '2025-07-01',"
                        + " 'level': 'commune'")
                + "]}"));
        assertEquals(
                5,
                procedures
                        .find("1.001193", LocalDate.of(2025, 6, 30))
                        .orElseThrow()
                        .time());
        assertEquals(
                3,
                procedures
                        .find("1.001193", LocalDate.of(2025, 7, 1))
                        .orElseThrow()
                        .time());
        assertEquals("commune", procedures.find("1.001193").orElseThrow().level());
        assertEquals(
                "/procedures/1/code: found 1.001193 a second time for the same dates; allowed: each once",
                refusal(
                        Procedures::of,
                        "{'procedures': [" + entry("'code': '1.001193', 'unit': 'sameDay', 'validTo': '2025-07-02'")
                                + ", " + entry("'code': '1.001193', 'unit': 'sameDay', 'validFrom': '2025-07-01'")
                                + "]}"));
    }

    private static String entry(String keys) {
        return "{" + keys + ", 'name': 'N', 'nameEn': 'N', 'field': 'F', 'online': 'full'}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'code': '1.001193.000.00.00.H57', 'unit': 'sameDay'|/procedures/0/code: found \"1.001193.000.00.00.H57\"; allowed: 1.001193, without the provincial tail",
                "'code': '1.001193', 'unit': 'workingdays', 'time': 3|/procedures/0/unit: found \"workingdays\"; allowed: calendarDays, sameDay, workingDays, workingHours (nearest known: workingDays)",
                "'code': '1.001193', 'unit': 'workingDays'|/procedures/0: time is missing",
                "'code': '1.001193', 'unit': 'workingDays', 'time': 0|/procedures/0/time: found 0; allowed: a whole number from 1 to 1000",
                "'code': '1.001193', 'unit': 'workingDays', 'time': 1.5|/procedures/0/time: found 1.5; allowed: a whole number from 1 to 1000",
                "'code': '1.001193', 'unit': 'sameDay', 'time': 2|/procedures/0/time: found 2; allowed: a whole number from 0 to 0"
            })
    void whatIsWrongIsNamedByItsPointer(String keys, String refusal) {
        String part = "{'procedures': [{" + keys + ", 'name': 'N', 'nameEn': 'N', 'field': 'F', 'online': 'full'}]}";
        assertEquals(refusal, refusal(Procedures::of, part));
    }
}
