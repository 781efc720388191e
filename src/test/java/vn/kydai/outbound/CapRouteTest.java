package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import vn.kydai.ReadsTheDate;
import vn.kydai.access.Role;
import vn.kydai.config.Settings;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.http.HttpFixture;

/** An alarm's way as messages of the Common Alerting Protocol, over a real server and its journal. */
@ReadsTheDate
class CapRouteTest {
    private final Station station = new Station();

    @AfterEach
    void close() {
        station.close();
    }

    private static Element alert(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "application/cap+xml",
                answer.headers().firstValue("content-type").orElseThrow());
        CapSchema.validate(answer.body());
        return document(answer.body()).getDocumentElement();
    }

    private static Document document(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
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
            station.writeJournal();
            Element first = alert(http.send(http.request(path, reader)));
            station.step("wl-1", "19867", Step.CHANGED, new Measure(3, 1, "water_level", 2.0, 1.5, "m"));
            station.writeJournal();
            Element second = alert(http.send(http.request(path, reader)));
            station.clear("wl-1", "19867");
            station.writeJournal();
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
                            "expires",
                            "headline",
                            "description",
                            "instruction",
                            "area"),
                    names(first.getElementsByTagName("info").item(0)),
                    "the order of CAP 1.2");
            assertEquals("Alert Actual Expected Moderate Met Observed", summary(first));
            assertEquals("Update Actual Future Minor Met Observed", summary(second));
            assertEquals("Cancel Actual Past Minor Met Observed", summary(last));
            assertEquals("kydai," + text(first, "identifier") + "," + text(first, "sent"), text(second, "references"));
            assertEquals(2, text(last, "references").split(" ").length);
            assertEquals(true, text(first, "sent").endsWith("+07:00"), text(first, "sent"));
            assertEquals(
                    true,
                    Instant.now()
                            .isAfter(OffsetDateTime.parse(text(first, "sent")).toInstant()));
            assertEquals("19867", text(first, "value"));
            assertEquals("Sịa", text(first, "areaDesc"));
            assertEquals(403, http.send(http.request(path, neighbour)).statusCode());
            assertEquals(
                    404,
                    http.send(http.request("/api/v1/alarms/flood-level:no.cap", reader))
                            .statusCode());
        }
    }

    @Test
    void aRiseIsAnUpdateThatNamesEveryMessageSinceTheAlarmWasRaised() throws Exception {
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "19867", 0);
            String path = "/api/v1/alarms/flood-level:wl-1.cap";
            station.raise("wl-1", "19867", 2);
            station.clear("wl-1", "19867");
            station.raise("wl-1", "19867", 2);
            station.step("wl-1", "19867", Step.REALARMED, new Measure(1, 3, "water_level", 4.6, 4.5, "m"));
            station.writeJournal();

            Element risen = alert(http.send(http.request(path, reader)));

            assertEquals("Update Actual Immediate Severe Met Observed", summary(risen));
            assertEquals(1, text(risen, "references").split(" ").length, text(risen, "references"));
        }
    }

    @Test
    void whileAnAlarmStandsAMessageThatExpiresIsFollowedByAnother() throws Exception {
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "19867", 0);
            String path = "/api/v1/alarms/flood-level:wl-1.cap";
            station.raise("wl-1", "19867", 2);
            station.writeJournal();
            Element first = alert(http.send(http.request(path, reader)));
            station.ahead = Duration.ofHours(49);
            station.show();

            Element last = alert(http.send(http.request(path, reader)));

            assertEquals("Update", text(last, "msgType"));
            assertEquals(time(first, "sent").plusHours(48), time(last, "sent"));
            assertEquals(time(last, "sent").plusHours(24), time(last, "expires"));
            assertEquals(time(first, "sent"), time(last, "onset"));
            assertEquals(2, text(last, "references").split(" ").length);
        }
    }

    @Test
    void anAlertSaysWhatTheConfigurationSaysOfIt() throws Exception {
        station.cap = new Settings.Cap("ioc.example.gov.vn", "Exercise", "Public", "nobody", 6);
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "19867", 0);
            station.raise("wl-1", "19867", 2);
            station.writeJournal();

            Element alert = alert(http.send(http.request("/api/v1/alarms/flood-level:wl-1.cap", reader)));

            assertEquals("ioc.example.gov.vn", text(alert, "sender"));
            assertEquals("Exercise", text(alert, "status"));
            assertEquals("Public", text(alert, "scope"));
            assertEquals("absent", text(alert, "restriction"));
            assertEquals(time(alert, "sent").plusHours(6), time(alert, "expires"));
        }
    }

    @Test
    void anAlertOutlinesItsAreaByTheMap(@TempDir Path directory) throws Exception {
        station.map = directory.resolve("map.geojson");
        Files.writeString(station.map, """
                {"features": [
                  {"id": "19867", "geometry": {"type": "MultiPolygon", "coordinates": [
                    [[[107.5, 16.5], [107.6, 16.5], [107.6, 16.6], [107.5, 16.5]], [[107.52, 16.51], [107.53, 16.51], [107.53, 16.52], [107.52, 16.51]]],
                    [[[107.7, 16.5], [107.8, 16.5], [107.8, 16.6], [107.7, 16.6]]]]}},
                  {"id": "19870", "geometry": {"type": "Polygon", "coordinates": [%s]}}]}
                """.formatted(circle(3_000)));
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "477", 0);
            station.raise("wl-1", "19867", 2);
            station.raise("wl-2", "477", 2);
            station.writeJournal();

            Element commune = alert(http.send(http.request("/api/v1/alarms/flood-level:wl-1.cap", reader)));
            Element region = alert(http.send(http.request("/api/v1/alarms/flood-level:wl-2.cap", reader)));

            List<String> own = texts(info(commune), "polygon");
            assertEquals(
                    List.of(
                            "16.50000,107.50000 16.50000,107.60000 16.60000,107.60000 16.50000,107.50000",
                            "16.50000,107.70000 16.50000,107.80000 16.60000,107.80000 16.60000,107.70000 16.50000,107.70000"),
                    own);
            List<String> all = texts(info(region), "polygon");
            assertEquals(own, all.subList(0, 2), "a region is the parts it consists of");
            String[] round = all.get(2).split(" ");
            assertTrue(round.length > 10 && round.length <= 100, "points: " + round.length);
            assertEquals(round[0], round[round.length - 1]);
            Files.writeString(station.map, "{\"features\": []}");
            Element again = alert(http.send(http.request("/api/v1/alarms/flood-level:wl-1.cap", reader)));
            assertEquals(own, texts(info(again), "polygon"), "what was given once is kept");
        }
    }

    /** A ring of 0.1 degrees round, in so many points. */
    private static String circle(int points) {
        return IntStream.rangeClosed(0, points)
                .mapToObj(i -> 2 * Math.PI * (i % points) / points)
                .map(angle -> String.format(
                        Locale.ROOT, "[%.6f,%.6f]", 107.4 + 0.1 * Math.cos(angle), 16.6 + 0.1 * Math.sin(angle)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void theFeedListsWhatStandsAndWhatEndedWithinADay() throws Exception {
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "477", 0);
            String neighbour = http.signIns.addToken(Role.READER, "19870", 0);
            String nothingYet =
                    http.send(http.request("/api/v1/alarms.cap", reader)).body();
            station.raise("wl-1", "19867", 2);
            station.raise("wl-2", "19870", 1);
            station.clear("wl-2", "19870");
            station.writeJournal();

            HttpResponse<String> answer = http.send(http.request("/api/v1/alarms.cap", reader));
            HttpResponse<String> elsewhere = http.send(http.request("/api/v1/alarms.cap", neighbour));
            HttpResponse<String> foreign = http.send(http.request("/api/v1/alarms.cap?area=477", neighbour));
            Element feed = atom(answer.body());
            Element link = (Element) feed.getElementsByTagName("link").item(1);
            Element linked = alert(http.send(http.request(link.getAttribute("href"), reader)));
            station.ahead = Duration.ofHours(25);
            station.show();
            HttpResponse<String> later = http.send(http.request("/api/v1/alarms.cap", reader));

            assertEquals(
                    "application/atom+xml",
                    answer.headers().firstValue("content-type").orElseThrow());
            assertEquals(0, atom(nothingYet).getElementsByTagName("entry").getLength());
            assertEquals(List.of("Cancel", "Alert"), terms(feed), "the newest first");
            assertEquals(List.of("Cancel"), terms(atom(elsewhere.body())));
            assertEquals(403, foreign.statusCode());
            assertEquals(List.of("Update", "Cancel"), terms(atom(later.body())), "returned, and nobody has looked");
            assertEquals("application/cap+xml", link.getAttribute("type"));
            assertEquals(texts(feed, "title").get(2), text(linked, "headline"));
            assertEquals(
                    time(linked, "sent").toInstant(),
                    Instant.parse(texts(feed, "updated").get(2)).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Test
    void whoAsksForTheFeedAgainIsNotSentWhatItHas() throws Exception {
        OutboundVerticle stage = station.start("channels: []");
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "477", 0);
            station.raise("wl-1", "19867", 2);
            station.writeJournal();
            HttpResponse<String> first = http.send(http.request("/api/v1/alarms.cap", reader));
            String etag = first.headers().firstValue("etag").orElseThrow();
            String modified = first.headers().firstValue("last-modified").orElseThrow();

            List<Integer> statuses = List.of(
                    again(http, reader, "If-None-Match", etag),
                    again(http, reader, "If-None-Match", "\"other\""),
                    again(http, reader, "If-Modified-Since", modified),
                    again(http, reader, "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"),
                    again(http, reader, "If-Modified-Since", "yesterday"));
            station.clear("wl-1", "19867");
            station.writeJournal();

            assertEquals(List.of(304, 200, 304, 200, 200), statuses);
            assertEquals(200, again(http, reader, "If-None-Match", etag), "it has changed");
        }
    }

    private static int again(HttpFixture http, String token, String header, String value) throws Exception {
        return http.send(http.request("/api/v1/alarms.cap", token).header(header, value))
                .statusCode();
    }

    /** Checks a feed by RFC 4287, 4.1: each has one id, title and updated, and an author; ids are distinct. */
    private static Element atom(String text) throws Exception {
        Element feed = document(text).getDocumentElement();
        assertEquals("http://www.w3.org/2005/Atom", feed.getNamespaceURI());
        List<Element> parts = new ArrayList<>(List.of(feed));
        NodeList entries = feed.getElementsByTagName("entry");
        for (int i = 0; i < entries.getLength(); i++) {
            parts.add((Element) entries.item(i));
        }
        Set<String> ids = new HashSet<>();
        for (Element part : parts) {
            List<String> names = names(part);
            for (String once : List.of("id", "title", "updated")) {
                assertEquals(1, Collections.frequency(names, once), once + " in " + names);
            }
            ids.add(URI.create(text(part, "id")).toString());
            Instant.parse(text(part, "updated"));
            assertTrue(text(part, "id").startsWith("urn:uuid:"), text(part, "id"));
        }
        assertEquals(parts.size(), ids.size(), "ids are distinct: " + ids);
        assertTrue(names(feed).contains("author"));
        return feed;
    }

    private static List<String> terms(Element feed) {
        List<String> terms = new ArrayList<>();
        NodeList categories = feed.getElementsByTagName("category");
        for (int i = 0; i < categories.getLength(); i++) {
            terms.add(((Element) categories.item(i)).getAttribute("term"));
        }
        return terms;
    }

    private static Element info(Element alert) {
        return (Element) alert.getElementsByTagName("info").item(0);
    }

    private static List<String> texts(Element parent, String name) {
        List<String> texts = new ArrayList<>();
        NodeList found = parent.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    private static OffsetDateTime time(Element alert, String name) {
        return OffsetDateTime.parse(text(alert, name));
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
