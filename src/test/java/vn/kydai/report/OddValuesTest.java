package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.Role;

/** A value nobody means is answered as the asker's mistake, or with nothing found; never as a failure of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddValuesTest {
    private static final Set<Integer> ANSWERS = Set.of(200, 400, 401, 404, 405);

    /** Encoded: U+0000, half a surrogate pair, signs, numbers and times at the ends of what Java or PostgreSQL have. */
    private static final List<String> ODD = List.of(
            "",
            "%00",
            "a%00b",
            "%ED%A0%80",
            "%EF%BF%BF",
            "-1",
            "99999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "NaN",
            "0000",
            "9999",
            "0001-W01",
            "0000-W01",
            "9999-W53",
            "2026-02-30",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "%2B999999999-12-31",
            "-999999999-01-01",
            "-30000-01-01T00:00:00Z",
            "%2B30000-01-01T00:00:00Z",
            "0000-01-01T00:00:00%2B07:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-07:00",
            "-999999999-01-01T00:00:00%2B18:00",
            "%2B999999999-12-31T23:59:59-18:00",
            "2026-11-25T02:10:00.9999999999Z",
            "'%22%5C;--");

    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry("/api/v1/events", List.of("area", "after", "limit", "kind")),
            Map.entry("/api/v1/ledger", List.of("date")),
            Map.entry("/api/v1/areas", List.of("at")),
            Map.entry("/api/v1/series?figure=received&area=46&step=1y&from=2020-01-01", List.of("to")),
            Map.entry("/api/v1/series?figure=received&area=46&step=1y", List.of("from")),
            Map.entry("/api/v1/series?figure=received&area=46&from=2020-01-01", List.of("step")),
            Map.entry("/api/v1/series?step=1y&from=2020-01-01&area=46", List.of("figure")),
            Map.entry("/api/v1/series?figure=received&step=1y&from=2020-01-01", List.of("area")),
            Map.entry("/api/v1/dossiers", List.of("area", "status", "cursor", "limit", "period")),
            Map.entry("/api/v1/reports/dossiers", List.of("area", "period", "by", "of", "format")),
            Map.entry("/api/v1/reports/ii06a", List.of("area", "period", "format")),
            Map.entry("/api/v1/reports/index766", List.of("area", "period")),
            Map.entry("/api/v1/reports/quality", List.of("area", "period")),
            Map.entry("/api/v1/reports/queue", List.of("area", "period", "by", "format")),
            Map.entry("/api/v1/alarms/history", List.of("area", "alarm", "from", "to")),
            Map.entry("/api/v1/alarms/performance", List.of("area", "period")));

    private ReportFixture fixture;

    @BeforeAll
    void open() throws IOException {
        fixture = new ReportFixture();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void noParameterOfAnyReportFailsTheServer() throws Exception {
        String token = fixture.token(Role.ADMIN, "46");
        List<String> failed = new ArrayList<>();
        for (Map.Entry<String, List<String>> route : PARAMETERS.entrySet()) {
            char joint = route.getKey().indexOf('?') < 0 ? '?' : '&';
            for (String parameter : route.getValue()) {
                for (String odd : ODD) {
                    String path = route.getKey() + joint + parameter + "=" + odd;
                    HttpResponse<String> answer = fixture.get(path, token);
                    if (!ANSWERS.contains(answer.statusCode())) {
                        failed.add(answer.statusCode() + " " + path);
                    }
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"\\u0000\",\"password\":\"x\"}",
                "{\"user\":\"a\",\"password\":\"\\ud800\"}",
                "{\"token\":\"\\u0000\"}",
                "{\"to\\u0000ken\":\"a\"}"
            })
    void aSignInWithATextThatNoneIsRefused(String body) throws Exception {
        HttpResponse<String> answer = fixture.http.send(fixture.http
                .request("/api/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertEquals(400, answer.statusCode(), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%00", "/api/v1/dossiers/%00", "/%00", "/api/v1/people?a%00b=1"})
    void anAddressWithAZeroIsRefused(String path) throws Exception {
        HttpResponse<String> answer = fixture.get(path, fixture.token(Role.ADMIN, "46"));
        assertTrue(Set.of(400, 404).contains(answer.statusCode()), answer.body());
    }
}
