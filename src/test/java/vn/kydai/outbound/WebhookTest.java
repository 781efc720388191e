package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.access.AccessFixture.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.it.FreePort;
import vn.kydai.outbound.Receiver.Answer;
import vn.kydai.outbound.Receiver.Got;
import vn.kydai.registry.Channels;

/** Alarms told to a real HTTP server by the real stage, its outbox in a real database. */
@ReadsTheDate
class WebhookTest {
    private static final String RETRY = "retry: {firstSeconds: 0.02, longestSeconds: 0.1}\nchannels:\n";
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Station station = new Station();
    private final Receiver receiver = new Receiver(station.vertx);

    @AfterEach
    void close() {
        station.close();
    }

    private String channel(String id, Receiver to, String more) {
        return "  - {id: " + id + ", kind: webhook, url: \"http://127.0.0.1:" + to.port() + "/hook\"" + more + "}\n";
    }

    private String duty(String more) {
        return RETRY + channel("duty", receiver, more);
    }

    @Test
    void aStepIsToldOnceSignedAndWithNames() throws Exception {
        station.environment.put("SIGNING", "whsec_" + KEY);
        station.start(duty(", signing: {env: SIGNING}"));
        station.raise("wl-1", "19867", 1);
        Got got = receiver.next();
        station.until("1", "select count(*) from outbound where state = 'delivered'");

        JsonNode data = got.json().path("data");
        assertEquals("vn.kydai.alarm.v1", got.json().path("type").asText());
        assertEquals("flood-level:wl-1/1/raised", data.at("/event/id").asText());
        assertEquals("Sịa", data.at("/area/name").asText());
        assertEquals("Sia", data.at("/area/nameEn").asText());
        assertEquals(1, data.path("severity").asInt());
        assertTrue(data.at("/text/vi").asText().startsWith("Cảnh báo (cao) lúc "), data.toString());
        assertTrue(data.at("/text/vi").asText().contains("Sịa: wl-1 3,11 m. Mực nước"), data.toString());
        assertTrue(data.at("/text/en").asText().contains("Sia: wl-1 3.11 m. The water"), data.toString());
        assertTrue(data.at("/guidance/vi/response").size() > 1);
        assertEquals(got.key(), got.json().path("key").asText());
        assertEquals(signature(got), got.headers().get("webhook-signature"));
        assertEquals(List.of(), receiver.rest());
    }

    private static String signature(Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signed = got.key() + "." + got.headers().get("webhook-timestamp") + "." + got.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatFailsIsSentAgainUnderItsKeyUntilItIsTakenAndEachAlarmInOrder() throws Exception {
        AtomicInteger left = new AtomicInteger(6);
        receiver.answers = got -> Answer.of(left.getAndDecrement() > 0 ? 500 : 200);
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        station.clear("wl-1", "19867");
        station.raise("wl-2", "19870", 2);
        station.until("3", "select count(*) from outbound where state = 'delivered'");

        List<Got> all = receiver.rest();
        List<Got> taken = all.subList(6, all.size());
        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-1 cleared", "flood-level:wl-2 raised"),
                taken.stream().map(Got::step).toList());
        all.subList(0, 6).forEach(failed -> assertEquals(taken.get(0).key(), failed.key()));
        assertEquals(all.get(0).body(), taken.get(0).body());
        assertEquals(1, taken.get(1).json().at("/data/severity").asInt(), "a clearing has the severity it ends");
        assertEquals(6, station.meter("kydai.outbound.attempts", "kind", "webhook", "result", "blocked"));
        assertEquals(3, station.meter("kydai.outbound.attempts", "kind", "webhook", "result", "delivered"));
    }

    @Test
    void killedBetweenTheAnswerAndItsNoteItIsSentAgainUnderTheSameKey() throws Exception {
        station.start(duty(""));
        receiver.answers = got -> null;
        station.raise("wl-1", "19867", 1);
        Got first = receiver.next();
        station.cutOff();
        receiver.release();
        station.stop();
        receiver.answers = got -> Answer.OK;
        station.start(duty(""));
        Got second = receiver.next();
        station.until("1", "select count(*) from outbound where state = 'delivered'");

        assertEquals(first.key(), second.key());
        assertEquals(first.body(), second.body());
        assertEquals(List.of(), receiver.rest());
    }

    @Test
    void whatIsReadAgainAfterACrashIsNotToldAgain() throws Exception {
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        Got first = receiver.next();
        station.until("1", "select count(*) from outbound where state = 'delivered'");
        station.stop();
        station.query("update outbound_channel set position = 0");
        station.start(duty(""));
        station.raise("wl-2", "19870", 1);
        Got second = receiver.next();

        assertEquals("flood-level:wl-2 raised", second.step());
        assertNotEquals(first.key(), second.key());
        station.until("2", "select count(*) from outbound where state = 'delivered'");
        assertEquals(List.of(), receiver.rest());
    }

    @Test
    void aChannelThatHangsOrIsDownDelaysNoOther() throws Exception {
        Receiver hanging = new Receiver(station.vertx);
        hanging.answers = got -> null;
        int closed = FreePort.find();
        station.start(RETRY + channel("hanging", hanging, ", timeoutSeconds: 60")
                + "  - {id: down, kind: webhook, url: \"http://127.0.0.1:" + closed + "/\"}\n"
                + channel("duty", receiver, ""));
        for (int alarm = 0; alarm < 20; alarm++) {
            station.raise("wl-" + alarm, "19867", 1);
        }

        assertEquals(20, receiver.next(20).size());
        station.until("20", "select delivered from outbound_channel where id = 'duty'");
        station.until("20", "select count(*) from outbound where channel = 'hanging' and state = 'waiting'");
        station.until("unreachable", "select last_error from outbound_channel where id = 'down'");
        assertEquals(1, hanging.rest().size());
    }

    @Test
    void aReceiverThatHangsIsLeftAfterItsTime() throws Exception {
        receiver.answers = got -> null;
        station.start(duty(", timeoutSeconds: 1"));
        station.raise("wl-1", "19867", 1);
        Got first = receiver.next();
        station.until("timeout", "select last_error from outbound_channel");
        receiver.answers = got -> Answer.OK;
        Got second = receiver.next();

        assertEquals(first.key(), second.key());
        station.until("1", "select delivered from outbound_channel");
    }

    @Test
    void anAnswerThatNeverEndsCountsByItsHeadAndHoldsUpNoOther() {
        List<String> heads = List.of("200 OK", "500 Oops", "200 OK");
        AtomicInteger connections = new AtomicInteger();
        NetServer server = await(station.vertx
                .createNetServer()
                .connectHandler(socket -> {
                    String head = heads.get(Math.min(connections.getAndIncrement(), heads.size() - 1));
                    String answer = "HTTP/1.1 " + head + "\r\ncontent-length: 5\r\n\r\n";
                    socket.handler(asked -> socket.handler(more -> {}).write(answer));
                })
                .listen(0, "127.0.0.1"));
        station.start(RETRY + "  - {id: duty, kind: webhook, timeoutSeconds: 1, url: \"http://127.0.0.1:"
                + server.actualPort() + "/\"}\n");
        station.raise("wl-1", "19867", 1);
        station.raise("wl-2", "19867", 1);
        station.until("2", "select delivered from outbound_channel");

        station.until("1 2", "select string_agg(attempts::text, ' ' order by position) from outbound");
        station.until("status 500", "select last_error from outbound_channel");
        assertEquals(3, connections.get());
    }

    @Test
    void aMessageThatIsRefusedHoldsOnlyItsAlarm() throws Exception {
        receiver.answers = got -> Answer.of(got.step().contains("wl-1") ? 422 : 200);
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        station.clear("wl-1", "19867");
        station.raise("wl-2", "19870", 1);
        station.until("1", "select delivered from outbound_channel");

        station.until(
                "0",
                "select max(attempts) from outbound where alarm = 'flood-level:wl-1' and position = "
                        + "(select max(position) from outbound where alarm = 'flood-level:wl-1')");
        station.until("status 422", "select last_error from outbound_channel");
    }

    @Test
    void whatIsTooOldIsGivenUpKeptAndCounted() throws Exception {
        receiver.answers = got -> Answer.of(503);
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        receiver.next();
        station.ahead = Duration.ofHours(25);
        station.until("1", "select given_up from outbound_channel");
        receiver.answers = got -> Answer.OK;
        station.raise("wl-2", "19870", 1);
        station.until("1", "select delivered from outbound_channel");

        station.until("status 503", "select error from outbound where state = 'given_up'");
        assertEquals(1, station.meter("kydai.outbound.given.up", "kind", "webhook"));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        receiver.answers = got -> new Answer(307, "location", "http://127.0.0.1:" + receiver.port() + "/other", "");
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        station.until("status 307", "select last_error from outbound_channel");

        assertTrue(receiver.rest().stream().allMatch(got -> got.path().equals("/hook")));
    }

    @Test
    void anAnswerOf200ThatSaysNoIsNoSuccess(@TempDir Path directory) throws Exception {
        Path token = directory.resolve("token");
        Files.writeString(token, "old\n");
        receiver.answers = got -> new Answer(
                200, "x", "", got.headers().get("access_token").equals("new") ? "{\"error\":0}" : "{\"error\":-216}");
        station.start(duty(", headers: {access_token: {file: " + token + "}}, success: {pointer: /error, equals: 0}"));
        station.raise("wl-1", "19867", 1);
        station.until("answer -216", "select last_error from outbound_channel");
        Files.writeString(token, "new");
        station.until("1", "select delivered from outbound_channel");

        assertFalse(receiver.rest().isEmpty());
    }

    @Test
    void onlyWhatTheFilterAsksForGoesOutAndANewChannelBeginsWithWhatIsNew() throws Exception {
        station.raise("wl-9", "19867", 1);
        station.start(duty(", area: \"19867\", severity: medium, steps: [raised]"));
        station.raise("wl-1", "19870", 1);
        station.raise("wl-2", "19867", 3);
        station.raise("wl-3", "19867", 2);
        station.step("wl-3", "19867", Step.CLEARED, null);
        station.raise("wl-4", "19867", 1);

        assertEquals(
                List.of("flood-level:wl-3 raised", "flood-level:wl-4 raised"),
                receiver.next(2).stream().map(Got::step).toList());
        station.until("2", "select count(*) from outbound");
    }

    @Test
    void whoIsToldOfARaiseIsToldOfItsEndThoughItWasMilderThen() throws Exception {
        station.start(duty(", severity: high, steps: [raised, changed, cleared]"));
        station.raise("wl-1", "19867", 1);
        station.step("wl-1", "19867", Step.CHANGED, new Measure(2, 1, "water_level", 1.7, 1.5, "m"));
        station.clear("wl-1", "19867");

        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-1 changed", "flood-level:wl-1 cleared"),
                receiver.next(3).stream().map(Got::step).toList());
    }

    @Test
    void anEndIsJudgedByWhatItEndsThoughItHasBeenRaisedAgainSince() throws Exception {
        String channel = duty(", severity: high");
        station.start(channel);
        station.stop();
        station.raise("wl-1", "19867", 1);
        station.clear("wl-1", "19867");
        station.raise("wl-1", "19867", 3);
        station.clear("wl-1", "19867");
        station.raise("wl-2", "19867", 1);
        station.start(channel);

        assertEquals(
                List.of("flood-level:wl-1 raised", "flood-level:wl-1 cleared", "flood-level:wl-2 raised"),
                receiver.next(3).stream().map(Got::step).toList());
        station.until("3", "select count(*) from outbound");
    }

    @Test
    void whatWaitsForAChannelThatIsGoneIsGivenUp() throws Exception {
        receiver.answers = got -> Answer.of(500);
        station.start(duty(""));
        station.raise("wl-1", "19867", 1);
        receiver.next();
        station.stop();
        station.start(RETRY.replace("channels:", "channels: []"));

        station.until("given_up channel removed", "select state || ' ' || error from outbound");
        station.until("0", "select count(*) from outbound_channel");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        Channels channels = Station.channels(duty(", signing: {env: DUTY_SECRET}"));
        ConfigurationException e = assertThrows(
                ConfigurationException.class, () -> OutboundVerticle.check(channels, station.environment::get));

        assertEquals(
                List.of("channels.yaml: channel duty, signing: found no environment variable DUTY_SECRET;"
                        + " allowed: one that holds the secret"),
                e.problems());
    }
}
