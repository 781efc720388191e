package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.registry.Sources.Source;

class SourcesTest {
    private static final Sources MOVED = Sources.of(json("""
            {'sources': [{'id': 'wl-1', 'kind': 'sensor', 'behind': 'gw', 'name': 'Bến', 'station': 'ben',
              'registrations': [{'area': 'a'}, {'area': 'b', 'from': '2025-07-01T00:00:00+07:00'}],
              'metrics': [{'metric': 'water_level', 'unit': 'm', 'cadenceSeconds': 900, 'levels': [0.8, 1.2],
                'max': 8, 'maxStep': 0.5, 'stuckAfterSeconds': 0,
                'calibrations': [{'from': '2026-03-01T00:00:00+07:00', 'offset': 0.12}]},
                {'metric': 'rain', 'unit': '{tip}', 'cadenceSeconds': 600, 'unitFactor': 0.5, 'counter': true}]}]}"""));

    @Test
    void anEventOfBeforeTheMoveBelongsToTheOldArea() {
        Source source = MOVED.find("wl-1").orElseThrow();
        assertEquals("a", source.areaAt(Instant.EPOCH));
        assertEquals("a", source.areaAt(Instant.parse("2025-06-30T16:59:59.999Z")));
        assertEquals("b", source.areaAt(Instant.parse("2025-06-30T17:00:00Z")));
        assertEquals("b", source.areaAt(Instant.parse("2030-01-01T00:00:00Z")));
        assertTrue(source.wasEverIn("a") && source.wasEverIn("b"));
        assertFalse(source.wasEverIn("c"));
    }

    @Test
    void beforeTheFirstRegistrationTheFirstAreaHolds() {
        Sources sources = Sources.of(json("""
                {'sources': [{'id': 'x', 'kind': 'desk', 'registrations': [
                  {'area': 'a', 'from': '2025-07-01T00:00:00Z'}, {'area': 'b', 'from': '2026-01-01T00:00:00Z'}]}]}"""));
        assertEquals("a", sources.find("x").orElseThrow().areaAt(Instant.EPOCH));
    }

    @Test
    void writtenAndReadBackTheyAreTheSame() {
        for (Sources sources : List.of(MOVED, CONFIG.sources(), Sources.NONE)) {
            Sources back = Sources.of(sources.toJson());
            assertEquals(List.copyOf(sources.all()), List.copyOf(back.all()));
            assertEquals(sources.toJson(), back.toJson());
        }
    }

    @Test
    void changedOnesReplaceThoseOfTheSameIdAndAllAreInOrder() {
        Sources more = MOVED.with(Sources.of(json("""
                {'sources': [{'id': 'zz', 'kind': 'desk', 'area': 'a'}, {'id': 'aa', 'kind': 'desk', 'area': 'a'},
                  {'id': 'wl-1', 'kind': 'sensor', 'area': 'c', 'revoked': true}]}""")));
        assertEquals(
                List.of("aa", "wl-1", "zz"), more.all().stream().map(Source::id).toList());
        assertTrue(more.find("wl-1").orElseThrow().isRevoked());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'id': 'a b', 'kind': 'desk', 'area': '1'|/sources/0/id: found \"a b\"; allowed: text of the pattern [0-9A-Za-z_.-]{1,64}",
                "'id': 'a', 'kind': 'siren', 'area': '1'|/sources/0/kind: found \"siren\"; allowed: desk, gateway, sensor",
                "'id': 'a', 'kind': 'desk', 'are': '1'|/sources/0/are: unknown key (nearest known: area); allowed: area, behind, id, kind, latitude, longitude, metrics, name, registrations, revoked, station",
                "'id': 'a', 'kind': 'desk'|/sources/0: found both or neither of area and registrations; allowed: one of them",
                "'id': 'a', 'kind': 'desk', 'registrations': []|/sources/0/registrations: found an empty list; allowed: at least one registration",
                "'id': 'a', 'kind': 'desk', 'registrations': [{'area': '1'}, {'area': '2'}]|/sources/0/registrations/1: found a from that is not after the one before; allowed: rising times",
                "'id': 'a', 'kind': 'desk', 'registrations': [{'area': '1', 'from': 'now'}]|/sources/0/registrations/0/from: found \"now\"; allowed: a time such as 2026-11-24T08:00:00+07:00",
                "'id': 'a', 'kind': 'sensor', 'area': '1', 'metrics': [{'metric': 'rain', 'unit': 'mm', 'cadenceSeconds': 60, 'levels': [2, 1]}]|/sources/0/metrics/0/levels: found [2,1]; allowed: rising numbers"
            })
    void whatIsWrongIsNamedByItsPointer(String keys, String refusal) {
        assertEquals(refusal, refusal(Sources::of, "{'sources': [{" + keys + "}]}"));
    }
}
