package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.outbound.Receiver.Got;
import vn.kydai.registry.Roster;

/** What is escalated to a person goes to the channels of that person. */
@ReadsTheDate
class EscalatedTest {
    private static final String DUTIES = """
            {"duties": [{"area": "477", "people": [
              {"user": "truc-ban", "channels": ["zalo", "sms"]}, {"user": "chi-huy", "channels": ["phone"]}]}]}""";

    private final Station station = new Station();
    private final Receiver zalo = new Receiver(station.vertx);
    private final Receiver sms = new Receiver(station.vertx);
    private final Receiver phone = new Receiver(station.vertx);
    private final Receiver duty = new Receiver(station.vertx);

    @BeforeEach
    void start() {
        station.roster = Roster.of(Station.json(DUTIES));
        station.start("retry: {firstSeconds: 0.02, longestSeconds: 0.1}\nchannels:\n"
                + channel("zalo", zalo, ", severity: high, area: \"19870\", steps: [cleared]")
                + channel("sms", sms, ", shared: false")
                + channel("phone", phone, ", shared: false")
                + channel("duty", duty, ", steps: [raised, escalated]"));
    }

    @AfterEach
    void close() {
        station.close();
    }

    private static String channel(String id, Receiver to, String more) {
        return "  - {id: " + id + ", kind: webhook, url: \"http://127.0.0.1:" + to.port() + "/\"" + more + "}\n";
    }

    @Test
    void everyChannelOfThePersonIsToldWhateverItAsksForAndNoOtherPersons() throws Exception {
        station.raise("wl-1", "19867", 2);
        station.ahead = Duration.ofMinutes(5).plusSeconds(1);
        station.escalate("wl-1", "19867", 1, "truc-ban");
        Got first = zalo.next();
        Got second = sms.next();
        station.until("4", "select count(*) from outbound where state = 'delivered'");

        assertEquals("flood-level:wl-1 escalated", first.step());
        assertEquals("flood-level:wl-1 escalated", second.step());
        assertEquals("truc-ban", first.json().at("/data/event/data/to").asText());
        assertEquals(1, first.json().at("/data/event/data/escalation").asInt());
        assertTrue(
                first.json().at("/data/text/vi").asText().startsWith("Chưa ai xác nhận sau 5 phút (trung bình) lúc "),
                first.body());
        assertTrue(
                first.json().at("/data/text/en").asText().startsWith("Not acknowledged for 5 min (medium) at "),
                first.body());
        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-1 escalated"),
                duty.rest().stream().map(Got::step).toList());
        assertEquals(
                List.of(),
                Stream.of(zalo, sms, phone).flatMap(to -> to.rest().stream()).toList());
    }

    @Test
    void whoIsOnAnotherDutySinceTheRosterWasChangedIsToldAllTheSame() throws Exception {
        station.roster = Roster.of(Station.json("""
                {"duties": [{"area": "477", "people": [{"user": "chi-huy", "channels": ["phone"]}]},
                  {"area": "19870", "weekdays": ["SUN"], "people": [{"user": "truc-ban", "channels": ["sms"]}]}]}"""));
        station.raise("wl-1", "19867", 1);
        station.escalate("wl-1", "19867", 1, "truc-ban");

        assertEquals("truc-ban", sms.next().json().at("/data/event/data/to").asText());
        assertEquals(0, station.meter("kydai.outbound.unreached"));
    }

    @Test
    void ofAStepThatIsSetAsideNobodyIsTold() throws Exception {
        station.raise("wl-1", "19867", 1);
        station.raiseAside("wl-2", "19867");
        station.raise("wl-3", "19867", 1);

        assertEquals("flood-level:wl-1 raised", duty.next().step());
        assertEquals("flood-level:wl-3 raised", duty.next().step());
    }

    @Test
    void theNextPersonIsToldByOthersAndWhoIsOnDutyNoMoreByNone() throws Exception {
        station.raise("wl-1", "19867", 1);
        station.escalate("wl-1", "19867", 1, "truc-ban");
        Got first = zalo.next();
        station.escalate("wl-1", "19867", 2, "chi-huy");
        Got second = phone.next();
        station.escalate("wl-1", "19867", 3, "nguoi-cu");
        station.until("4", "select count(*) from outbound where channel = 'duty' and state = 'delivered'");

        assertEquals("truc-ban", first.json().at("/data/event/data/to").asText());
        assertEquals("chi-huy", second.json().at("/data/event/data/to").asText());
        station.until("7", "select count(*) from outbound");
        assertEquals(List.of(), phone.rest());
        assertEquals(1, station.meter("kydai.outbound.unreached"), "whom nothing reaches is counted");
    }
}
