package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.http.HttpFixture;

/** An alarm's way as messages of the Common Alerting Protocol, over a real server and its journal. */
class CapRouteTest {
    private final Station station = new Station();

    @AfterEach
    void close() {
        station.close();
    }

    /** The journal's table, from what the station's journal holds. */
    private void journal() {
        station.query("truncate journal");
        station.query("select make_journal_partition((now() at time zone 'Asia/Ho_Chi_Minh')::date)");
        station.journaled()
                .forEach(step -> station.query(
                        "insert into journal values (0, $1, $2, 'kydai', $3, $4, $5, $6, false, null, $7::text::jsonb)",
                        step.position(),
                        Outbox.utc(step.ingestTime()),
                        step.event().id(),
                        step.event().kind().id(),
                        step.event().area(),
                        Outbox.utc(step.event().eventTime()),
                        Json.text(DataJson.write(step.event().data(), null))));
    }

    private static Element alert(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "application/cap+xml",
                answer.headers().firstValue("content-type").orElseThrow());
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "urn:oasis:names:tc:emergency:cap:1.2",
                document.getDocumentElement().getNamespaceURI());
        return document.getDocumentElement();
    }

    private static String text(Element alert, String name) {
        Node node = alert.getElementsByTagName(name).item(0);
        return node == null ? "absent" : node.getTextContent();
    }

    private static List<String> names(Node parent) {
        List<String> names = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            names.add(child.getNodeName());
        }
        return names;
    }

    @Test
    void anAlarmIsAlertedUpdatedAndCancelledEachNamingThoseBefore() throws Exception {
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "19867", 0);
            String neighbour = http.signIns.addToken(Role.READER, "19870", 0);
            String path = "/api/v1/alarms/flood-level:wl-1.cap";
            station.raise("wl-1", "19867", 2);
            journal();
            Element first = alert(http.send(http.request(path, reader)));
            station.step("wl-1", "19867", Step.CHANGED, new Measure(3, 1, "water_level", 2.0, 1.5, "m"));
            journal();
            Element second = alert(http.send(http.request(path, reader)));
            station.clear("wl-1", "19867");
            journal();
            Element last = alert(http.send(http.request(path, reader)));

            assertEquals(
                    List.of(
                            "identifier",
                            "sender",
                            "sent",
                            "status",
                            "msgType",
                            "scope",
                            "restriction",
                            "info",
                            "info"),
                    names(first),
                    "the order of CAP 1.2");
            assertEquals(
                    List.of(
                            "language",
                            "category",
                            "event",
                            "responseType",
                            "urgency",
                            "severity",
                            "certainty",
                            "effective",
                            "onset",
                            "headline",
                            "description",
                            "instruction",
                            "area"),
                    names(first.getElementsByTagName("info").item(0)),
                    "the order of CAP 1.2");
            assertEquals("Alert Test Expected Moderate Met Observed", summary(first));
            assertEquals("Update Test Future Minor Met Observed", summary(second));
            assertEquals("Cancel Test Past Minor Met Observed", summary(last));
            assertEquals("kydai," + text(first, "identifier") + "," + text(first, "sent"), text(second, "references"));
            assertEquals(2, text(last, "references").split(" ").length);
            assertEquals(true, text(first, "sent").endsWith("+07:00"), text(first, "sent"));
            assertEquals(
                    true,
                    Instant.now()
                            .isAfter(java.time.OffsetDateTime.parse(text(first, "sent"))
                                    .toInstant()));
            assertEquals("19867", text(first, "value"));
            assertEquals("Sịa", text(first, "areaDesc"));
            assertEquals(403, http.send(http.request(path, neighbour)).statusCode());
            assertEquals(
                    404,
                    http.send(http.request("/api/v1/alarms/flood-level:no.cap", reader))
                            .statusCode());
        }
    }

    private static String summary(Element alert) {
        return String.join(
                " ",
                text(alert, "msgType"),
                text(alert, "status"),
                text(alert, "urgency"),
                text(alert, "severity"),
                text(alert, "category"),
                text(alert, "certainty"));
    }
}
