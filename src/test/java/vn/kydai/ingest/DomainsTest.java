package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.event.Dossier;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;

/** What values a field may have, so that what is admitted can be read for ever. */
class DomainsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Admission admission =
            new Admission(() -> TestingRegistry.TOWN, Schemas.load(), Settings.DEFAULTS.ingest());

    private Submission sent(String source, String kind, String payload, Instant now) {
        Receipt receipt = new Receipt(source, LocalDate.of(2026, 11, 24), false);
        return admission.admit(new Arrival(receipt, source, source, kind, Buffer.buffer(payload), now));
    }

    private static Draft draft(Submission submission) {
        return assertInstanceOf(Draft.class, submission, submission::toString);
    }

    private static String refusal(Submission submission) {
        DeadLetter letter = assertInstanceOf(DeadLetter.class, submission, submission::toString);
        return letter.reason().id() + " " + letter.detail();
    }

    private Submission reading(String value) {
        return sent("wl-1", "reading", "{\"metric\":\"rain\",\"value\":" + value + ",\"unit\":\"mm\"}", NOW);
    }

    private Submission dossier(String field, Instant now) {
        return sent(
                "desk-1",
                "dossier",
                "{\"dossier\":\"000.00.20.H57-101001-0890\",\"procedure\":\"1.001193\",\"channel\":\"post\",\"status\":2,"
                        + field + "}",
                now);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0e-2147483647, 0",
        "1e-9, 1e-9",
        "-1e-9, -1e-9",
        "1e12, 1e12",
        "-1E+12, -1e12",
        "1.1400000000000001, 1.1400000000000001",
        "0.30000000000000004, 0.30000000000000004",
        "1.50000000000000000000000000, 1.5"
    })
    void takesANumberOfItsDomain(String written, double value) {
        Reading reading = assertInstanceOf(
                Reading.class, draft(reading(written)).content().data());
        assertEquals(value, reading.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-100",
                "6.95e-310",
                "4.9e-324",
                "9.9e-10",
                "-9.9e-10",
                "1e-2147483647",
                "1.0000000000001e12",
                "1e13",
                "-1e300",
                "1e999",
                "1000e2147483640",
                "1e2147483647",
                "9223372036854775808",
                "0.100000000000000005551115123125783",
                "1.23456789012345678"
            })
    void refusesANumberOutsideItsDomain(String written) {
        assertTrue(refusal(reading(written)).startsWith("schema /value: "), () -> refusal(reading(written)));
    }

    @Test
    void aNumberIsOfItsDomainInTheUnitItIsKeptInToo() {
        String level = "{\"metric\":\"water_level\",\"value\":1e12,\"unit\":\"km\"}";
        assertEquals(
                "schema /value: is 1.0E15 m, more than 1e12 by magnitude",
                refusal(sent("wl-1", "reading", level, NOW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fee", "numerator", "denominator", "target"})
    void refusesOtherNumbersToo(String field) {
        String indicator =
                "{\"indicator\":\"poverty\",\"period\":\"2026\",\"value\":1,\"unit\":\"1\",\"" + field + "\":1e-70}";
        Submission submission =
                field.equals("fee") ? dossier("\"fee\":1e-70", NOW) : sent("desk-1", "indicator", indicator, NOW);
        assertTrue(refusal(submission).startsWith("schema /" + field + ": "), () -> refusal(submission));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "1969", "2077", "9999-12", "0001-Q4"})
    void refusesAPeriodOfAYearThatIsNone(String period) {
        Submission submission = sent(
                "desk-1",
                "indicator",
                "{\"indicator\":\"poverty\",\"period\":\"" + period + "\",\"value\":1,\"unit\":\"1\"}",
                NOW);
        assertEquals("schema /period: \"" + period + "\" is not of a year from 1970 to 2076", refusal(submission));
    }

    @ParameterizedTest
    @CsvSource({
        "submittedAt, 1970-01-01T00:00:00Z",
        "receivedAt, 1969-12-31T23:59:59-07:00",
        "dueAt, 2076-11-24T08:00:00Z",
        "promisedAt, 2076-11-24T15:00:00+07:00"
    })
    void takesAnInstantOfItsDomain(String field, String instant) {
        Submission submission = dossier("\"" + field + "\":\"" + instant + "\"", NOW);
        assertInstanceOf(Dossier.class, draft(submission).content().data());
    }

    @ParameterizedTest
    @CsvSource({
        "dueAt, 9999-12-31T23:59:59-07:00, is more than 50 years from now",
        "promisedAt, 2076-11-24T08:00:01Z, is more than 50 years from now",
        "receivedAt, 0000-01-01T00:00:00+07:00, is before 1970-01-01T00:00:00Z",
        "receivedAt, 0001-01-01T00:00:00Z, is before 1970-01-01T00:00:00Z",
        "submittedAt, 1970-01-01T00:00:00+07:00, is before 1970-01-01T00:00:00Z",
    })
    void refusesAnInstantOutsideItsDomain(String field, String instant, String why) {
        Submission submission = dossier("\"" + field + "\":\"" + instant + "\"", NOW);
        assertEquals("schema /" + field + ": \"" + instant + "\" " + why, refusal(submission));
    }

    @Test
    void aClockOfItsFirstDayRefusesNoDueDateOfToday() {
        Submission submission = dossier("\"dueAt\":\"2027-01-04T17:00:00+07:00\"", Instant.EPOCH);
        assertInstanceOf(Dossier.class, draft(submission).content().data());
    }

    @Test
    void anEventOf1970IsTaken() {
        Submission submission = sent(
                "wl-1",
                "reading",
                "{\"time\":\"1970-01-01T00:00:00Z\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}",
                NOW);
        assertEquals(Instant.EPOCH, draft(submission).eventTime());
    }

    @Test
    void anEventBefore1970IsRefused() {
        Submission submission = sent(
                "wl-1",
                "reading",
                "{\"time\":\"1970-01-01T06:59:59+07:00\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}",
                NOW);
        assertEquals("schema /time: \"1970-01-01T06:59:59+07:00\" is before 1970-01-01T00:00:00Z", refusal(submission));
    }

    @Test
    void oneTicketInTwoSpellingsIsOneEvent() {
        String ticket =
                "{\"time\":\"2026-11-24T07:00:00Z\",\"ticket\":\"Ấn 1\",\"step\":\"issued\",\"service\":\"Đất đai\","
                        + "\"counter\":\"Quầy 1\"}";
        Draft composed = draft(sent("desk-1", "ticket", ticket, NOW));
        Draft other = draft(sent(
                "desk-1",
                "ticket",
                ticket.replace("Ấn 1", " A\u0302\u0301n\u00a01").replace("Quầy 1", "Qu\u00e2\u0300y  1\u200b"),
                NOW));
        assertEquals(composed.content(), other.content());
        assertEquals(composed.id(), other.id());
        assertEquals(
                "Ấn 1",
                assertInstanceOf(Ticket.class, composed.content().data()).ticket());
    }

    @Test
    void anIdStaysItsBytes() {
        String reading = "{\"id\":\"é\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
        assertNotEquals(
                draft(sent("wl-1", "reading", reading, NOW)).id(),
                draft(sent("wl-1", "reading", reading.replace("é", "e\u0301"), NOW))
                        .id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a\\u0007b~holds a control character, one of private use or none",
                "a\\u0085b~holds a control character, one of private use or none",
                "a\\ue000~holds a control character, one of private use or none",
                "\\u200b~has nothing that can be seen",
                "\\ud83d~holds U+0000 or half a surrogate pair"
            })
    void refusesANameThatCannotBeShown(String counter, String why) {
        Submission submission =
                sent("desk-1", "rating", "{\"level\":\"satisfied\",\"counter\":\"" + counter + "\"}", NOW);
        String refusal = refusal(submission);
        assertTrue(refusal.startsWith("schema /counter: ") && refusal.endsWith(why), refusal);
    }

    @Test
    void microAndOhmInEitherCodePointAreOneUnit() {
        String reading = "{\"time\":\"2026-11-24T07:00:00Z\",\"metric\":\"dust\",\"value\":1,\"unit\":\"\u00b5g/m³\"}";
        Draft sign = draft(sent("wl-1", "reading", reading, NOW));
        Draft letter = draft(sent("wl-1", "reading", reading.replace('\u00b5', '\u03bc'), NOW));
        assertEquals(sign.content(), letter.content());
        String resistance = "{\"metric\":\"earth\",\"value\":1,\"unit\":\"\u2126\"}";
        assertInstanceOf(
                Reading.class,
                draft(sent("wl-1", "reading", resistance, NOW)).content().data());
    }

    @Test
    void ofAnUnknownFieldNoValueIsTold() {
        String refusal = refusal(
                sent("wl-1", "reading", "{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\",\"secret\":1e-100}", NOW));
        assertEquals("unknown_field /: unknown field secret; allowed are metric, quality, seq, unit, value", refusal);
    }
}
