package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.outbound.Receiver.Answer;
import vn.kydai.outbound.Receiver.Got;

/** Channels that change while the stage runs. */
@ReadsTheDate
class ChannelsChangeTest {
    private final Station station = new Station();
    private final Receiver first = new Receiver(station.vertx);
    private final Receiver second = new Receiver(station.vertx);

    @AfterEach
    void close() {
        station.close();
    }

    private static String channels(String... channels) {
        return "retry: {firstSeconds: 0.02, longestSeconds: 0.1}\nchannels:" + (channels.length == 0 ? " []" : "")
                + "\n" + String.join("", channels);
    }

    private static String to(String id, Receiver receiver) {
        return to(id, receiver, "");
    }

    private static String to(String id, Receiver receiver, String more) {
        return "  - {id: " + id + ", kind: webhook, url: \"http://127.0.0.1:" + receiver.port() + "/\"" + more + "}\n";
    }

    @Test
    void aNewChannelGetsWhatHappensFromThenOnAndTheOtherGoesOn() throws Exception {
        station.start(channels(to("duty", first)));
        station.raise("wl-1", "19867", 1);
        Got before = first.next();
        station.change(channels(to("duty", first), to("new", second)));
        station.until("2", "select count(*) from outbound_channel");
        station.raise("wl-2", "19870", 1);

        assertEquals("flood-level:wl-1 raised", before.step());
        assertEquals("flood-level:wl-2 raised", second.next().step());
        assertEquals("flood-level:wl-2 raised", first.next().step());
    }

    @Test
    void whatAChannelDidNotAskForBeforeItWasChangedItDoesNotGetAfterwards() throws Exception {
        station.start(channels(to("duty", first, ", severity: high")));
        station.raise("wl-1", "19867", 1);
        Got before = first.next();
        station.raise("wl-2", "19867", 2);
        station.change(channels(to("duty", first), to("new", second)));
        station.until("2", "select count(*) from outbound_channel");
        station.raise("wl-3", "19870", 2);

        assertEquals("flood-level:wl-1 raised", before.step());
        assertEquals("flood-level:wl-3 raised", first.next().step());
        assertEquals("flood-level:wl-3 raised", second.next().step());
    }

    @Test
    void howFarStepsThatNobodyAskedForWereReadIsKnownAfterTenSeconds() throws Exception {
        station.start(channels(to("duty", first, ", severity: high")));
        station.raise("wl-1", "19867", 2);
        station.ahead = Duration.ofSeconds(11);
        station.show();
        station.until(Long.toString(station.picture().position()), "select position from outbound_channel");
        station.cutOff();
        station.stop();
        station.start(channels(to("duty", first)));
        station.raise("wl-2", "19867", 2);

        assertEquals("flood-level:wl-2 raised", first.next().step());
    }

    @Test
    void anotherAddressGetsWhatWaitsForTheOldOne() throws Exception {
        first.answers = got -> Answer.of(500);
        station.start(channels(to("duty", first)));
        station.raise("wl-1", "19867", 1);
        station.clear("wl-1", "19867");
        Got refused = first.next();
        station.change(channels(to("duty", second)));
        List<Got> taken = second.next(2);
        station.until("2", "select delivered from outbound_channel");

        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-1 cleared"),
                taken.stream().map(Got::step).toList());
        assertEquals(refused.key(), taken.get(0).key());
    }

    @Test
    void whatWaitsForAChannelThatIsTakenOutIsKeptAsGivenUp() throws Exception {
        first.answers = got -> Answer.of(500);
        OutboundVerticle stage = station.start(channels(to("duty", first), to("other", second)));
        station.raise("wl-1", "19867", 1);
        Got unused = first.next();
        station.change(channels(to("other", second)));
        station.until("given_up channel removed", "select state || ' ' || error from outbound where channel = 'duty'");
        station.raise("wl-2", "19870", 1);

        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-2 raised"),
                second.next(2).stream().map(Got::step).toList());
        station.until("3", "select count(*) from outbound");
        assertEquals(List.of(), stage.notes());
    }

    @Test
    void theFirstChannelsMayComeLaterAndTheLastMayGo() throws Exception {
        station.start(channels());
        station.raise("wl-1", "19867", 1);
        station.change(channels(to("duty", first)));
        station.until("1", "select count(*) from outbound_channel");
        station.raise("wl-2", "19870", 1);
        Got told = first.next();
        station.until("1", "select delivered from outbound_channel");
        station.change(channels());
        station.until("0", "select count(*) from outbound_channel");

        assertEquals("flood-level:wl-2 raised", told.step());
        assertEquals(List.of(), first.rest());
    }
}
