package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.local;
import static vn.kydai.registry.PartFixtures.refusal;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {
    private static final Roster ROSTER = Roster.of(json("""
            {'duties': [
              {'area': '477', 'weekdays': ['MON', 'TUE', 'WED', 'THU', 'FRI'], 'hours': '07:00-17:00',
               'people': [{'user': 'an', 'post': 'Trực ban', 'channels': ['zalo', 'mail']}, {'user': 'binh'}]},
              {'area': '477', 'hours': '17:00-07:00', 'people': [{'user': 'chi', 'channels': ['sms']}]},
              {'area': '477', 'dates': ['2026-12-31'], 'people': [{'user': 'dung'}, {'user': 'an'}]},
              {'area': '46', 'validFrom': '2026-06-01', 'validTo': '2026-12-01', 'people': [{'user': 'giang'}]}
            ]}
            """));

    @Test
    void theOneInChargeComesFirstThenTheNextInLineEachWithTheirChannels() {
        assertEquals(
                List.of(
                        new Roster.Person("an", "Trực ban", List.of("zalo", "mail")),
                        new Roster.Person("binh", null, List.of())),
                ROSTER.onDuty("477", local("2026-11-24T07:00:00")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T06:59:59, 'chi'",
        "2026-11-24T16:59:59, 'an,binh'",
        "2026-11-24T17:00:00, 'chi'",
        "2026-11-28T12:00:00, ''",
        "2026-11-29T06:00:00, 'chi'"
    })
    void aNightThatBeganTheEveningBeforeGoesOnUntilItEnds(String at, String users) {
        assertEquals(users, users("477", at));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T03:00:00, 'dung,an,chi'",
        "2026-12-31T12:00:00, 'dung,an'",
        "2026-12-31T20:00:00, 'dung,an'",
        "2027-01-01T03:00:00, ''",
        "2027-01-01T08:00:00, 'an,binh'"
    })
    void whatIsSaidOfADateReplacesWhatItsWeekdaySays(String at, String users) {
        assertEquals(users, users("477", at));
    }

    @Test
    void whereNobodyIsOnDutyTheNearestAreaAboveIs() {
        Areas areas = CONFIG.registry().areas();
        assertEquals(
                List.of("an", "binh"),
                ROSTER.onDuty(areas, "19867", local("2026-11-24T09:00:00")).stream()
                        .map(Roster.Person::user)
                        .toList());
        assertEquals(
                List.of("giang"),
                ROSTER.onDuty(areas, "19867", local("2026-11-28T12:00:00")).stream()
                        .map(Roster.Person::user)
                        .toList());
        assertEquals(List.of(), ROSTER.onDuty(areas, "46", local("2026-12-01T00:00:00")));
    }

    @Test
    void theRepositorysOwnRosterHasSomebodyForEveryCommune() {
        for (String commune :
                CONFIG.registry().areas().children("477", WorkingCalendar.dateOf(local("2026-11-24T09:00:00")))) {
            assertEquals(
                    "truc-ban",
                    CONFIG.roster()
                            .onDuty(CONFIG.registry().areas(), commune, local("2026-11-24T09:00:00"))
                            .get(0)
                            .user());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'area': 7, 'people': [{'user': 'an'}]|/duties/0/area",
                "'area': '477'|/duties/0/people",
                "'area': '477', 'people': []|/duties/0/people",
                "'area': '477', 'people': [{'user': 'An Nguyễn'}]|/duties/0/people/0/user",
                "'area': '477', 'people': [{'user': 'an'}, {'user': 'an'}]|/duties/0/people/1/user",
                "'area': '477', 'people': [{'user': 'an', 'channels': ['E-mail']}]|/duties/0/people/0/channels/0",
                "'area': '477', 'people': [{'user': 'an', 'phone': '113'}]|/duties/0/people/0/phone",
                "'area': '477', 'hours': '7-17', 'people': [{'user': 'an'}]|/duties/0/hours",
                "'area': '477', 'weekdays': ['XMAS'], 'people': [{'user': 'an'}]|/duties/0/weekdays/0",
                "'area': '477', 'dates': ['Tết'], 'people': [{'user': 'an'}]|/duties/0/dates/0",
                "'area': '477', 'dates': ['2026-12-31'], 'weekdays': ['MON'], 'people': [{'user': 'an'}]|/duties/0/weekdays",
                "'area': '477', 'validFrom': '2026-12-31', 'validTo': '2026-12-31', 'people': [{'user': 'an'}]|/duties/0/validTo"
            })
    void whatIsWrongIsNamed(String duty, String pointer) {
        String found = refusal(Roster::of, "{'duties': [{" + duty + "}]}");
        assertTrue(found.startsWith(pointer + ": "), found);
    }

    private static String users(String area, String at) {
        return String.join(
                ",",
                ROSTER.onDuty(area, local(at)).stream().map(Roster.Person::user).toList());
    }
}
