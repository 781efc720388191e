package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.event.Alarm.Step;
import vn.kydai.registry.OutboundChannel.Webhook;

class ChannelsReaderTest {
    private static final ChannelsReader READER =
            new ChannelsReader(CONFIG.registry().areas(), CONFIG.rules());

    @Test
    void whatIsLeftOutIsAsTheDocumentSays() {
        Channels channels = READER.read(
                json("{'channels': [{'id': 'duty', 'kind': 'webhook', 'url': 'https://ioc.example.vn/hook'}]}"));
        OutboundChannel channel = channels.all().get(0);

        assertEquals(Channels.NONE.retry(), channels.retry());
        assertEquals("vi", channel.language());
        assertEquals(3, channel.filter().severity());
        assertEquals(
                Set.of(Step.RAISED, Step.REALARMED, Step.CLEARED, Step.LATCHED),
                channel.filter().steps());
        assertEquals(Duration.ofSeconds(10), ((Webhook) channel.target()).timeout());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'kind': 'fax'|/channels/0/kind",
                "'area': '4777'|/channels/0/area",
                "'rules': ['flood']|/channels/0/rules/0",
                "'steps': ['risen']|/channels/0/steps/0",
                "'severity': 'worst'|/channels/0/severity",
                "'language': 'fr'|/channels/0/language",
                "'url': 'http://ioc.example.vn/hook'|/channels/0/url",
                "'url': 'https://an:pass@ioc.example.vn/'|/channels/0/url",
                "'url': 'file:///etc/passwd'|/channels/0/url",
                "'text': 'see {{valu}}'|/channels/0/text",
                "'text': 'see {{secret.key}}'|/channels/0/text",
                "'body': 'no JSON {{text}}'|/channels/0/body",
                "'signing': 'whsec_plain'|/channels/0/signing",
                "'signing': {'env': 'KYDAI_SECRET'}|/channels/0/signing/env",
                "'signing': {'env': 'A', 'file': 'b'}|/channels/0/signing",
                "'headers': {'webhook-id': {'env': 'A'}}|/channels/0/headers/webhook-id",
                "'success': {'pointer': 'error', 'equals': 0}|/channels/0/success/pointer",
                "'shared': false, 'steps': ['raised']|/channels/0/steps",
                "'shared': 'no'|/channels/0/shared",
                "'timeoutSeconds': 0|/channels/0/timeoutSeconds",
                "'colour': 'red'|/channels/0/colour"
            })
    void whatIsWrongIsNamed(String wrong, String pointer) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        String rest = switch (key) {
            case "'kind'" -> "'url': 'https://ioc.example.vn/'";
            case "'url'" -> "'kind': 'webhook'";
            default -> "'kind': 'webhook', 'url': 'https://ioc.example.vn/'";
        };
        String found = refusal(READER::read, "{'channels': [{'id': 'duty', " + rest + ", " + wrong + "}]}");
        assertTrue(found.startsWith(pointer + ": "), found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'security': 'none'|/channels/0/security",
                "'user': 'kydai'|/channels/0/password",
                "'to': ['not an address']|/channels/0/to/0",
                "'from': 'kydai'|/channels/0/from",
                "'port': 0|/channels/0/port",
                "'url': 'https://a.vn/'|/channels/0/url"
            })
    void whatIsWrongWithAMailboxIsNamed(String wrong, String pointer) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        String rest = key.equals("'to'") ? "" : ", 'to': ['an@example.vn']";
        rest += key.equals("'from'") ? "" : ", 'from': 'kydai@example.vn'";
        String found = refusal(
                READER::read,
                "{'channels': [{'id': 'mail', 'kind': 'smtp', 'host': 'mail.example.vn'" + rest + ", " + wrong + "}]}");
        assertTrue(found.startsWith(pointer + ": "), found);
    }

    @Test
    void aChannelOfOnePersonsOwnAsksForNothing() {
        Channels channels = READER.read(
                json("{'channels': [{'id': 'sms', 'kind': 'webhook', 'url': 'https://a.vn/', 'shared': false}]}"));

        assertEquals(Set.of(), channels.all().get(0).filter().steps());
    }

    @Test
    void aSecretInTheFileItselfIsNotShown() {
        String found = refusal(
                READER::read,
                "{'channels': [{'id': 'duty', 'kind': 'webhook', 'url': 'https://a.vn/', 'signing': 'whsec_plain'}]}");
        assertEquals("/channels/0/signing: allowed: {env: VARIABLE} or {file: PATH}, never the secret itself", found);
    }

    @Test
    void twoChannelsHaveTwoIds() {
        String one = "{'id': 'duty', 'kind': 'webhook', 'url': 'https://a.vn/'}";
        assertEquals(
                "/channels/1/id: found duty a second time; allowed: each once",
                refusal(READER::read, "{'channels': [" + one + ", " + one + "]}"));
    }
}
