package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/** The repository's own configuration, and what is said of a broken one. */
class PartsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final List<String> FILES = List.of("areas", "procedures", "calendar", "thresholds", "sources");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        for (String file : FILES) {
            Files.copy(Path.of("config", file + ".yaml"), directory.resolve(file + ".yaml"));
        }
    }

    @Test
    void withoutADirectoryOneSentenceSaysWhatToDo() {
        Path nowhere = directory.resolve("nowhere");

        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> Parts.load(nowhere));

        assertEquals(1, refused.problems().size());
        assertTrue(refused.getMessage().contains("Put config/ of the release beside the jar"), refused.getMessage());
        assertTrue(refused.getMessage().contains(nowhere.toString()));
    }

    @Test
    void theFormerDistrictStaysAScreenOfElevenCommunes() {
        Areas areas = CONFIG.registry().areas();
        assertEquals(
                List.of(
                        "Sịa",
                        "Quảng Thái",
                        "Quảng Lợi",
                        "Quảng Vinh",
                        "Quảng Phú",
                        "Quảng Thọ",
                        "Quảng Phước",
                        "Quảng An",
                        "Quảng Thành",
                        "Quảng Ngạn",
                        "Quảng Công"),
                areas.children("477", TODAY).stream()
                        .map(id -> areas.find(id).orElseThrow().name())
                        .toList());
        assertEquals("district", areas.find("477").orElseThrow().level());
        assertEquals(areas.children("477", TODAY), areas.children("477", LocalDate.of(2011, 1, 1)));
        assertTrue(areas.isWithin("19867", "46", TODAY));
    }

    @Test
    void theCityHasItsFortyCommunesAndWardsBesideTheRegion() {
        Areas areas = CONFIG.registry().areas();
        assertEquals(41, areas.children("46", TODAY).size());
        assertEquals(List.of("477"), areas.children("46", LocalDate.of(2025, 6, 30)));
        Areas.Area quangPhu = areas.find("19897").orElseThrow();
        assertEquals(
                "Đan Điền",
                areas.find(String.valueOf(quangPhu.successor())).orElseThrow().name());
    }

    @Test
    void everyCommuneHasADeskAndSensorsAndTheGatewaysSpeakForSome() {
        Set<String> communes = Set.copyOf(CONFIG.registry().areas().children("477", TODAY));
        assertEquals(communes, areasOf(SourceKind.DESK, communes));
        assertEquals(communes, areasOf(SourceKind.SENSOR, communes));
        assertEquals(
                41,
                CONFIG.sources().all().stream()
                        .filter(source -> source.kind() == SourceKind.SENSOR)
                        .count());
        assertEquals(
                Set.of("gw-lora-1", "gw-lora-2"),
                CONFIG.sources().all().stream()
                        .flatMap(source -> java.util.Optional.ofNullable(source.behind()).stream())
                        .collect(Collectors.toSet()));
        assertEquals(
                "477",
                CONFIG.sources()
                        .find("office-477")
                        .orElseThrow()
                        .registrations()
                        .get(0)
                        .area());
    }

    @Test
    void contentHoldsAllPartsButTheSources() {
        assertEquals(
                Set.of(Part.AREAS, Part.PROCEDURES, Part.CALENDAR, Part.THRESHOLDS, Part.RULES, Part.ROSTER),
                CONFIG.content().keySet());
        assertEquals(64, CONFIG.configuration(Part.CALENDAR).digest().length());
    }

    @Test
    void theMapDrawsTheElevenCommunesAndOnlyKnownSensors() throws IOException {
        JsonNode map = Json.MAPPER.readTree(Files.readString(Path.of("config", "map.geojson")));
        Set<String> units = ids(map, "unit");
        assertEquals(Set.copyOf(CONFIG.registry().areas().children("477", TODAY)), units);
        Set<String> sensors = ids(map, "sensor");
        assertFalse(sensors.isEmpty());
        sensors.forEach(id -> assertTrue(CONFIG.sources().find(id).isPresent(), id));
    }

    @Test
    void whatIsWrongInAFileIsNamedWithItsLine() throws IOException {
        replace(
                "areas",
                "parent: \"477\", validTo: 2025-07-01, latitude: 16.628",
                "parent: \"4777\", latitude: 16.628");
        assertEquals(
                List.of("areas.yaml:39 /areas/4/parent: found 4777, which no area is called (nearest known: 477);"
                        + " allowed: an id of /areas"),
                problems());
    }

    @Test
    void aRuleThatIsWrongIsNamedWithItsLineAndNoRulesAreNoError() throws IOException {
        assertEquals(List.of(), List.copyOf(Parts.load(directory).rules().all()));
        Files.copy(Path.of("config", "alarms.yaml"), directory.resolve("alarms.yaml"));
        replace("alarms", "metric: salinity", "metric: salt");
        assertEquals(1, problems().size());
        assertTrue(
                problems().get(0).matches("alarms\\.yaml:[0-9]+ /rules/6/metric: found salt, which is no metric.*"),
                () -> problems().toString());
    }

    @Test
    void aDutyInAnAreaThatDoesNotExistIsNamedWithItsLineAndNoRosterIsNoError() throws IOException {
        assertEquals(Roster.NONE, Parts.load(directory).roster());
        Files.writeString(directory.resolve("roster.yaml"), "duties:\n  - people: [{user: an}]\n    area: \"4777\"\n");
        assertEquals(
                List.of("roster.yaml:3 /duties/0/area: found 4777, which no area is called (nearest known: 477);"
                        + " allowed: an id of areas.yaml"),
                problems());
    }

    @Test
    void aChannelOfTheRosterThatDoesNotExistIsNamedWithItsLineOnceThereAreChannels() throws IOException {
        Files.writeString(
                directory.resolve("roster.yaml"),
                "duties:\n  - area: \"477\"\n    people:\n      - {user: an, channels: [sms, zallo]}\n");
        assertEquals(1, Parts.load(directory).roster().duties().size());
        Files.writeString(directory.resolve("channels.yaml"), """
                channels:
                  - {id: zalo, kind: webhook, url: "https://a.vn/"}
                  - {id: sms, kind: webhook, url: "https://b.vn/"}
                """);
        assertEquals(
                List.of("roster.yaml:4 /duties/0/people/0/channels/1: found zallo, which no channel is called"
                        + " (nearest known: zalo); allowed: an id of channels.yaml"),
                problems());
    }

    @Test
    void aGapInTheTreeAndASourceThatIsLeftNowhereAreNamedWithTheirLines() throws IOException {
        replace("areas", "validFrom: 2025-01-01}", "validFrom: 2025-01-02}");
        assertEquals(
                List.of("areas.yaml:10 /areas/0/successor: found 46, which is not valid on 2025-01-01, when 46@1989"
                        + " ends; allowed: one that is, without a gap"),
                problems());
        replace("areas", "validFrom: 2025-01-02}", "validFrom: 2025-01-01}");
        replace("areas", "      - \"19867\" # Sịa\n", "");
        replace("areas", "longitude: 107.507, successor: \"19867@2025-07\"}", "longitude: 107.507}");
        assertTrue(
                problems()
                        .get(0)
                        .endsWith("/sources/0/area: found 19867, of which nothing is left from 2025-07-01;"
                                + " allowed: an area that goes on, has a successor, or is a member of a region"),
                () -> problems().toString());
    }

    @Test
    void aMonthWithoutDeskHoursIsNamedWithItsLine() throws IOException {
        replace("calendar", "months: [4, 5, 6, 7, 8, 9]", "months: [4, 5, 6, 7, 8]");
        assertEquals(
                List.of("calendar.yaml:7 /hours: found no hours for 2026-09-01; allowed: hours for every date"),
                problems());
    }

    @Test
    void theProblemsOfAllFilesAreReportedAtOnce() throws IOException {
        replace("areas", "nameEn: \"Sia\"", "nameEN: \"Sia\"");
        replace("calendar", "kind: swappedOff", "kind: swapped");
        Files.delete(directory.resolve("procedures.yaml"));
        assertEquals(3, problems().size(), () -> problems().toString());
    }

    @Test
    void aSourceThatNamesWhatDoesNotExistIsRefused() throws IOException {
        replace("sources", "behind: gw-lora-1\n", "behind: gw-lora-3\n");
        assertTrue(
                problems().get(0).contains("found gw-lora-3, which is no gateway (nearest known: gw-lora-1)"),
                () -> problems().toString());
        replace("sources", "behind: gw-lora-3\n", "\n");
        replace("sources", "id: gw-lora-1, kind", "id: kydai, kind");
        assertTrue(
                problems().get(0).contains("found kydai, which the product itself is called"),
                () -> problems().toString());
        replace("sources", "id: kydai, kind", "id: gw-lora-1, kind");
        replace("sources", "area: \"19897\"", "area: \"19898\"");
        assertTrue(
                problems().get(0).contains("found 19898, which no area is called"),
                () -> problems().toString());
        replace("sources", "area: \"19898\"", "area: \"19897\"");
        replace("sources", "unit: Cel", "unit: \"degF\"");
        assertTrue(
                problems().get(0).endsWith("found degF; allowed for temperature: Cel, K, [degF], °C, °F"),
                () -> problems().toString());
        replace("sources", "unit: \"degF\"", "unit: Cel");
        replace("sources", "metric: rain", "metric: rian");
        assertTrue(
                problems().get(0).contains("found rian, which is no metric (nearest known: rain)"),
                () -> problems().toString());
    }

    @Test
    void anAreaThatASourceOfTheDatabaseIsRegisteredInMustStayInTheTree() {
        Sources registered = Sources.of(PartFixtures.json("{'sources': ["
                + "{'id': 'a', 'kind': 'desk', 'area': '19894'},"
                + "{'id': 'b', 'kind': 'desk', 'registrations': [{'area': '19999'},"
                + " {'area': '19894', 'from': '2026-01-01T00:00:00+07:00'}]}]}"));

        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> CONFIG.checkRegistered(registered));

        assertEquals(1, refusal.problems().size());
        assertTrue(
                refusal.problems()
                        .get(0)
                        .startsWith("areas.yaml: the registered source b: found 19999, which no area is called"),
                refusal::getMessage);
    }

    private static Set<String> areasOf(SourceKind kind, Set<String> among) {
        return CONFIG.sources().all().stream()
                .filter(source -> source.kind() == kind)
                .map((Source source) -> source.registrations().get(0).area())
                .filter(among::contains)
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(JsonNode map, String kind) {
        return StreamSupport.stream(map.get("features").spliterator(), false)
                .filter(feature -> feature.at("/properties/kind").asText().equals(kind))
                .map(feature -> feature.get("id").asText())
                .collect(Collectors.toSet());
    }

    private void replace(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file + ".yaml");
        String text = Files.readString(path);
        assertTrue(text.contains(from), from);
        Files.writeString(path, text.replace(from, to));
    }

    private List<String> problems() {
        return assertThrows(ConfigurationException.class, () -> Parts.load(directory)).problems().stream()
                .map(problem -> problem.replace(directory + "/", ""))
                .toList();
    }
}
