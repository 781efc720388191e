package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;

class RegistryTest {
    @Test
    void configurationEventsOneByOneGiveTheRegistry() {
        // Given
        Registry registry = Registry.NONE;
        // When
        for (Part part : List.of(Part.AREAS, Part.PROCEDURES, Part.CALENDAR, Part.THRESHOLDS)) {
            registry = registry.with(CONFIG.configuration(part));
        }
        registry =
                registry.with(Parts.configuration(Part.SOURCES, CONFIG.sources().toJson()));
        // Then
        assertEquals(CONFIG.registry().areas().all(), registry.areas().all());
        assertEquals(
                List.copyOf(CONFIG.sources().all()),
                List.copyOf(registry.sources().all()));
        assertTrue(registry.procedures().find("1.001193").isPresent());
        assertTrue(registry.thresholds().metric("rain").isPresent());
        assertEquals(
                CONFIG.registry().thresholds().targets(), registry.thresholds().targets());
    }

    @Test
    void sourcesAreMergedWhileOtherPartsAreReplaced() {
        Registry registry = Registry.NONE
                .with(sources("{'sources': [{'id': 'a', 'kind': 'desk', 'area': '1'}]}"))
                .with(sources("{'sources': [{'id': 'b', 'kind': 'desk', 'area': '1'}]}"))
                .with(areas("{'areas': [{'id': '1', 'name': 'Một', 'level': 'commune'}]}"))
                .with(areas("{'areas': [{'id': '2', 'name': 'Hai', 'level': 'commune'}]}"));
        assertEquals(2, registry.sources().all().size());
        assertEquals(
                List.of("2"),
                registry.areas().all().stream().map(Areas.Area::id).toList());
    }

    @Test
    void contentThatIsNoJsonIsRefused() {
        Configuration broken = new Configuration(Part.AREAS, "00", "{");
        assertThrows(InvalidPart.class, () -> Registry.NONE.with(broken));
    }

    private static Configuration sources(String json) {
        return Parts.configuration(Part.SOURCES, json(json));
    }

    private static Configuration areas(String json) {
        return Parts.configuration(Part.AREAS, json(json));
    }
}
