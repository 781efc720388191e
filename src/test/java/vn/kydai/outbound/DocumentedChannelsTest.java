package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.outbound.Receiver.Answer;
import vn.kydai.outbound.Receiver.Got;

/** The examples of docs/channels.md, sent to a real server instead of the providers'. */
@ReadsTheDate
class DocumentedChannelsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final Station station = new Station();
    private final Receiver receiver = new Receiver(station.vertx);

    @AfterEach
    void close() {
        station.close();
    }

    static List<String> examples() throws Exception {
        List<String> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("docs/channels.md")));
        while (example.find()) {
            examples.add(example.group(1));
        }
        return examples;
    }

    private String example(String id) throws Exception {
        String found = examples().stream()
                .filter(example -> example.contains("id: " + id))
                .findFirst()
                .orElseThrow();
        return found.replaceFirst("url: https://[^/\n]+", "url: http://127.0.0.1:" + receiver.port());
    }

    @Test
    void everyExampleIsReadAsItStands() throws Exception {
        for (String example : examples()) {
            assertEquals(1, Station.channels(example).all().size(), example);
        }
    }

    @Test
    void zaloGetsATextForOneUser() throws Exception {
        Path token = Files.createTempFile("zalo", ".token");
        Files.writeString(token, "ZALO-TOKEN");
        receiver.answers = got -> new Answer(200, "x", "", "{\"error\":0,\"message\":\"Success\"}");
        station.start(example("zalo-truc-ban").replace("/etc/kydai/zalo.token", token.toString()));
        station.raise("wl-1", "19867", 1);
        Got got = receiver.next();
        station.until("1", "select delivered from outbound_channel");

        assertEquals("/v3.0/oa/message/cs", got.path());
        assertEquals("ZALO-TOKEN", got.headers().get("access_token"));
        assertEquals("2512523625412515", got.json().at("/recipient/user_id").asText());
        String text = got.json().at("/message/text").asText();
        assertEquals("Cảnh báo (cao) lúc ", text.substring(0, 19), text);
        assertEquals(true, text.contains("\n"), "what to do stands on lines of its own: " + text);
    }

    @Test
    void theSmsGatewayGetsAShortTextWithoutMarks() throws Exception {
        station.environment.put("ESMS_API_KEY", "API");
        station.environment.put("ESMS_SECRET_KEY", "a\"b");
        receiver.answers = got -> new Answer(200, "x", "", "{\"CodeResult\":\"100\"}");
        station.start(example("sms-chu-tich"));
        station.raise("wl-1", "19867", 1);
        JsonNode sms = receiver.next().json();
        station.until("1", "select delivered from outbound_channel");

        assertEquals("API", sms.path("ApiKey").asText());
        assertEquals("a\"b", sms.path("SecretKey").asText());
        String text = sms.path("Content").asText();
        assertEquals(
                true,
                text.matches("KYDAI Canh bao cao [0-9]{2}:[0-9]{2} [0-9/]{10} Sia wl-1 3,11 m") && text.length() < 160,
                text);
        assertEquals(true, sms.path("RequestId").asText().startsWith("msg_"));
    }
}
