package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.config.Settings;
import vn.kydai.event.Dossier;
import vn.kydai.event.Reading;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Receipt RECEIPT = new Receipt("wl-1", LocalDate.of(2026, 11, 24), false);
    private static final String READING = "\"data\":{\"metric\":\"rain\",\"value\":1.5,\"unit\":\"mm\"}";

    private final Admission admission =
            new Admission(() -> TestingRegistry.TOWN, Schemas.load(), Settings.DEFAULTS.ingest());

    private Submission onTopic(String kind, String payload) {
        return onTopic("wl-1", "wl-1", kind, Buffer.buffer(payload));
    }

    private Submission onTopic(String sender, String source, String kind, Buffer payload) {
        return admission.admit(new Arrival(RECEIPT, sender, source, kind, payload, NOW));
    }

    private Submission posted(String sender, String event) {
        return admission.admit(
                new Arrival(RECEIPT, sender, null, null, Buffer.buffer(event), NOW),
                () -> Envelopes.structured(TestingRegistry.json(event)));
    }

    private static String cloudEvent(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"type\":\"vn.kydai.reading.v1\"," + more + "," + READING + "}";
    }

    private static Draft draft(Submission submission) {
        return assertInstanceOf(Draft.class, submission, submission::toString);
    }

    private static DeadLetter letter(Submission submission) {
        return assertInstanceOf(DeadLetter.class, submission, submission::toString);
    }

    @Test
    void takesTheFlatFormOfATopic() {
        Draft draft = draft(onTopic(
                "reading",
                "{\"id\":\"r-1\",\"time\":\"2026-11-24T15:00:00.123456+07:00\",\"metric\":\"water_level\",\"value\":311,"
                        + "\"unit\":\"mm\",\"seq\":5}"));
        assertEquals("r-1", draft.id());
        assertEquals("wl-1", draft.source());
        assertEquals("19897", draft.area());
        assertEquals(Instant.parse("2026-11-24T08:00:00.123456Z"), draft.eventTime());
        assertEquals(5L, draft.content().seq());
        assertEquals(
                new Reading("water_level", 311, "mm", null), draft.content().data());
        assertTrue(draft.isIdentified());
    }

    @Test
    void takesAStructuredEventForTheAreaOfItsTime() {
        Draft draft = draft(onTopic(
                "reading",
                cloudEvent("\"time\":\"2025-06-30T00:00:00Z\",\"source\":\"/sources/wl-1\",\"area\":\"19867\"")));
        assertEquals("19867", draft.area());
    }

    @Test
    void whatIsExportedSaysTheSameWhenItComesBack() {
        Draft fine = draft(onTopic("reading", cloudEvent("\"time\":\"2026-11-24T07:00:00.123456789Z\"")));
        Draft exported = draft(onTopic("reading", cloudEvent("\"time\":\"2026-11-24T07:00:00.123Z\"")));
        assertEquals(fine.content().digest(), exported.content().digest());
    }

    @Test
    void givesEqualDigestsToEqualContentInEitherForm() {
        Draft flat = draft(
                onTopic(
                        "reading",
                        "{\"id\":\"a\",\"time\":\"2026-11-24T15:00:00+07:00\",\"unit\":\"mm\",\"value\":1.50,\"metric\":\"rain\"}"));
        Draft structured = draft(onTopic("reading", cloudEvent("\"time\":\"2026-11-24T08:00:00Z\"")));
        assertEquals(flat.content().digest(), structured.content().digest());
    }

    @Test
    void makesTheSameIdForARepeatWithATime() {
        String event = "{\"time\":\"2026-11-24T07:00:00Z\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
        Draft first = draft(onTopic("reading", event));
        assertTrue(first.isIdentified());
        assertEquals(first.id(), draft(onTopic("reading", event)).id());
        assertNotEquals(
                first.id(),
                draft(onTopic("reading", event.replace(":1,", ":2,"))).id());
    }

    @Test
    void callsAnEventWithoutIdTimeAndSeqUnidentified() {
        String event = "{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
        Draft draft = draft(onTopic("reading", event));
        assertFalse(draft.isIdentified());
        assertNull(draft.eventTime());
        assertNotEquals(draft.id(), draft(onTopic("reading", event)).id());
    }

    @Test
    void takesADossierOfARealRecording() {
        Draft draft = draft(posted("desk-1", """
            {"specversion":"1.0","id":"case-709-start","source":"/sources/desk-1","area":"19867",
             "type":"vn.kydai.dossier.v1","time":"2010-10-01T00:00:00.020000+02:00","datacontenttype":"application/json",
             "data":{"dossier":"000.00.20.H57-101001-0890","procedure":"wabo-0","channel":"online",
             "receivedAt":"2010-10-01T00:00:00.020000+02:00","dueAt":"2010-11-26T00:00:00+01:00","status":1}}\
            """));
        assertEquals(
                Instant.parse("2010-11-25T23:00:00Z"),
                assertInstanceOf(Dossier.class, draft.content().data()).dueAt());
    }

    @Test
    void letsAGatewayNameASourceBehindIt() {
        assertEquals(
                "gauge-1",
                draft(posted("gw-1", cloudEvent("\"source\":\"/sources/gauge-1\"")))
                        .source());
    }

    @ParameterizedTest
    @CsvSource({"gw-1,wl-1", "gw-1,nobody", "wl-1,gauge-1", "gone-1,gone-1", "nobody,nobody"})
    void rejectsASourceThatIsNotTheSendersOwn(String sender, String source) {
        DeadLetter letter = letter(posted(sender, cloudEvent("\"source\":\"/sources/" + source + "\"")));
        assertEquals("source_mismatch", letter.reason().id());
        assertTrue(letter.detail().startsWith("/source: \"/sources/" + source + "\" is neither"), letter.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "malformed~{\"metric\":~not JSON: line 1, column 11",
                "malformed~[1,2]~an array is not a CloudEvent",
                "malformed~{\"specversion\":\"0.3\"}~/specversion: is not \"1.0\"",
                "malformed~{\"specversion\":\"1.0\"}~/type: is missing",
                "malformed~{\"id\":\"a\",\"id\":\"b\"}~not JSON: line 1, column 15",
                "malformed~{} {}~not JSON: line 1, column 4",
                "type_mismatch~{\"specversion\":\"1.0\",\"type\":\"vn.kydai.ticket.v1\"}"
                        + "~/type: \"vn.kydai.ticket.v1\" is not the topic's kind reading",
                "type_mismatch~{\"specversion\":\"1.0\",\"type\":\"vn.kydai.alarm.v1\"}"
                        + "~/type: \"vn.kydai.alarm.v1\" is not a type a source may send",
                "source_mismatch~{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"source\":\"/sources/wl-2\"}~/source:"
                        + " \"/sources/wl-2\" is not the topic's source wl-1",
                "source_mismatch~{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"area\":\"477\"}"
                        + "~/area: \"477\" never was the area of the source",
                "schema~{}~/metric: is missing",
                "schema~{\"id\":5}~/id: 5 is not a string",
                "schema~{\"id\":\"\"}~/id: \"\" is not 1 to 256 characters without control characters",
                "schema~{\"time\":\"2026-11-24T08:00:00\"}"
                        + "~/time: \"2026-11-24T08:00:00\" is not an RFC 3339 time with an offset",
                "schema~{\"time\":\"2026-02-30T08:00:00Z\"}~/time: \"2026-02-30T08:00:00Z\" does not exist",
                "schema~{\"metric\":\"rain\",\"value\":\"0.628|0.614\",\"unit\":\"mm\"}~/value: \"0.628|0.614\" is not"
                        + " a number",
                "schema~{\"metric\":\"rain\",\"value\":{\"name\":\"secret\"},\"unit\":\"mm\"}"
                        + "~/value: an object is not a number",
                "schema~{\"metric\":\"rain\",\"value\":1e999,\"unit\":\"mm\"}~/value: 1E+999 is neither 0 nor from 1e-9 to 1e12 by magnitude",
                "schema~{\"metric\":\"rain\",\"value\":1e13,\"unit\":\"mm\"}~/value: 1E+13 is neither 0 nor from 1e-9 to 1e12 by magnitude",
                "schema~{\"metric\":\"rain\",\"value\":1,\"unit\":\"ft\"}~/unit: \"ft\" cannot be converted to mm",
                "schema~{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\",\"quality\":\"fine\"}"
                        + "~/quality: \"fine\" is not one of good, suspect, bad",
                "schema~{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\",\"seq\":-1}~/seq: -1 is less than 0",
                "schema~{\"metric\":\"a\\u0000b\",\"value\":1,\"unit\":\"mm\"}~/metric: holds U+0000 or half a"
                        + " surrogate pair",
                "unknown_metric~{\"metric\":\"snow\",\"value\":1,\"unit\":\"mm\"}~/metric: \"snow\" is not in the"
                        + " configuration",
                "unknown_field~{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\",\"name\":\"Secret\"}"
                        + "~/: unknown field name; allowed are metric, quality, seq, unit, value",
                "unknown_field~{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"citizen\":\"Secret\"}~/:"
                        + " unknown field citizen; allowed are area, data, datacontenttype, dataschema, id, ingesttime,"
                        + " position, source, specversion, subject, time, timeassumed, type",
                "future~{\"time\":\"2026-11-24T08:05:00.001Z\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}"
                        + "~/time: 2026-11-24T08:05:00.001Z is more than 300 s after 2026-11-24T08:00:00.000Z",
            })
    void rejectsWithAReasonAndAPlace(String reason, String payload, String detail) {
        DeadLetter letter = letter(onTopic("reading", payload));
        assertEquals(reason + " " + detail, letter.reason().id() + " " + letter.detail());
        assertFalse((letter.detail() + letter.kept()).contains("ecret"), letter.kept());
    }

    @Test
    void acceptsAClockThatIsJustFastEnough() {
        assertTrue(draft(onTopic(
                        "reading",
                        "{\"time\":\"2026-11-24T08:05:00Z\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}"))
                .isIdentified());
    }

    @ParameterizedTest
    @CsvSource({"alarm", "configuration", "nonsense", "reading/more"})
    void rejectsATopicOfAKindNoSourceMaySend(String kind) {
        assertEquals("type_mismatch", letter(onTopic(kind, "{}")).reason().id());
    }

    @Test
    void rejectsAnUnknownDecidingArea() {
        DeadLetter letter = letter(onTopic(
                "desk-1",
                "desk-1",
                "dossier",
                Buffer.buffer(
                        "{\"dossier\":\"000.00.20.H57-101001-0890\",\"procedure\":\"1.001193\",\"channel\":\"post\",\"status\":9,"
                                + "\"decidingArea\":\"1\"}")));
        assertEquals("/decidingArea: \"1\" is not a known area", letter.detail());
    }

    @Test
    void keepsOfATooLargeEventNothingButItsMeasure() {
        DeadLetter letter = letter(onTopic("reading", "x".repeat(65_537)));
        assertEquals("65537 bytes; at most 65536 are allowed", letter.detail());
        assertTrue(letter.bytes() < 1_000);
        assertEquals(65_537, TestingRegistry.json(letter.kept()).get("size").intValue());
    }

    @Test
    void keepsOfAnUnknownFieldOnlyTheName() {
        DeadLetter letter = letter(onTopic("reading", "{\"metric\":\"rain\",\"họ tên\":\"Nguyễn Văn A\"}"));
        assertEquals(
                "[\"họ tên\"]", Json.text(TestingRegistry.json(letter.kept()).get("fields")));
        assertFalse((letter.kept() + letter.detail()).contains("Nguyễn"));
    }

    @Test
    void keepsOfWhatDoesNotParseTheFirst64Bytes() {
        byte[] payload = ("\u0001{'" + "a".repeat(200)).getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = letter(onTopic("wl-1", "wl-1", "reading", Buffer.buffer(payload)));
        String head = TestingRegistry.json(letter.kept()).at("/head/text").textValue();
        assertEquals(".{'" + "a".repeat(61), head);
    }

    @Test
    void rejectsDeepJsonAndOtherEncodings() {
        String deep = "[".repeat(30_000);
        assertEquals("malformed", letter(onTopic("reading", deep)).reason().id());
        Buffer utf16 = Buffer.buffer("{}".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(
                "malformed",
                letter(onTopic("wl-1", "wl-1", "reading", utf16)).reason().id());
        Buffer latin = Buffer.buffer("{\"id\":\"h\u00f4\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "malformed",
                letter(onTopic("wl-1", "wl-1", "reading", latin)).reason().id());
    }
}
