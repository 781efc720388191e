package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreasTest {
    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

    private static final Areas SMALL = Areas.of(json("""
            {'areas': [
              {'id': 'p', 'name': 'Tỉnh', 'level': 'province'},
              {'id': 'r', 'name': 'Vùng', 'level': 'region', 'parent': 'p', 'members': ['c2', 'c1']},
              {'id': 'd', 'name': 'Huyện', 'level': 'district', 'parent': 'p', 'validTo': '2025-07-01'},
              {'id': 'c1', 'name': 'Một', 'level': 'commune', 'validTo': '2025-07-01'},
              {'id': 'c2', 'name': 'Hai', 'level': 'commune', 'validTo': '2025-07-01'},
              {'id': 'c3', 'name': 'Ba', 'nameEn': 'Three', 'level': 'commune', 'parent': 'd', 'validTo': '2025-07-01', 'successor': 'c3@2025-07'},
              {'id': 'c3@2025-07', 'name': 'Ba mới', 'level': 'commune', 'parent': 'p', 'validFrom': '2025-07-01'}
            ]}"""));

    @Test
    void codeAndEnglishNameHaveDefaults() {
        Areas.Area merged = SMALL.find("c3@2025-07").orElseThrow();
        assertEquals("c3", merged.code());
        assertEquals("Ba mới", merged.nameEn());
        assertEquals("Three", SMALL.find("c3").orElseThrow().nameEn());
    }

    @Test
    void childrenAreThoseValidOnTheDateInConfiguredOrder() {
        assertEquals(List.of("r", "d"), SMALL.children("p", BEFORE));
        assertEquals(List.of("r", "c3@2025-07"), SMALL.children("p", REFORM));
    }

    @Test
    void membersOfARegionStayItsChildrenInItsOrder() {
        assertEquals(List.of("c2", "c1"), SMALL.children("r", BEFORE));
        assertEquals(List.of("c2", "c1"), SMALL.children("r", REFORM));
    }

    @Test
    void leavesAreTheLowestOfTheSubtreeOrItself() {
        assertEquals(List.of("c2", "c1", "c3"), SMALL.leaves("p", BEFORE));
        assertEquals(List.of("c2", "c1", "c3@2025-07"), SMALL.leaves("p", REFORM));
        assertEquals(List.of("c1"), SMALL.leaves("c1", REFORM));
    }

    @Test
    void withinFollowsTheSameTree() {
        assertTrue(SMALL.isWithin("c1", "p", REFORM));
        assertTrue(SMALL.isWithin("c1", "c1", REFORM));
        assertTrue(SMALL.isWithin("c3", "p", BEFORE));
        assertFalse(SMALL.isWithin("c3", "p", REFORM), "its district is gone");
        assertFalse(SMALL.isWithin("p", "c1", REFORM));
        assertFalse(SMALL.isWithin("elsewhere", "p", REFORM));
    }

    private static final Areas MERGED = Areas.of(json("""
            {'areas': [
              {'id': 'p@1', 'name': 'Tỉnh', 'level': 'province', 'validTo': '2025-01-01', 'successor': 'p', 'code': 'p'},
              {'id': 'p', 'name': 'Thành phố', 'level': 'province', 'validFrom': '2025-01-01'},
              {'id': 'd', 'name': 'Huyện', 'level': 'district', 'parent': 'p', 'validTo': '2025-07-01',
               'parentBefore': {'id': 'p@1', 'until': '2025-01-01'}},
              {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'd', 'validTo': '2025-07-01', 'successor': 'n'},
              {'id': 'b', 'name': 'B', 'level': 'commune', 'parent': 'd', 'validTo': '2025-07-01', 'successor': 'n'},
              {'id': 'n', 'name': 'N', 'level': 'commune', 'parent': 'p', 'validFrom': '2025-07-01',
               'validTo': '2030-01-01', 'successor': 'm'},
              {'id': 'm', 'name': 'M', 'level': 'commune', 'parent': 'p', 'validFrom': '2030-01-01'}
            ]}"""));

    @Test
    void aParentMayChange() {
        LocalDate before = LocalDate.of(2024, 12, 31);
        assertEquals(List.of("d"), MERGED.children("p@1", before));
        assertEquals(List.of(), MERGED.children("p", before));
        assertTrue(MERGED.isWithin("a", "p@1", before));
        assertFalse(MERGED.isWithin("a", "p", before));
        assertEquals(List.of("d"), MERGED.children("p", BEFORE));
        assertTrue(MERGED.isWithin("a", "p", BEFORE));
        assertEquals(List.of("n"), MERGED.children("p", REFORM));
    }

    @Test
    void aNewUnitIsMadeOfItselfAndOfWhatItTookOver() {
        assertEquals(
                new Areas.Makeup(List.of("n"), new TreeSet<>(Set.of("a", "b")), new TreeMap<>()),
                MERGED.makeup("p", REFORM));
        LocalDate second = LocalDate.of(2030, 1, 1);
        assertEquals(
                new Areas.Makeup(List.of("m"), new TreeSet<>(Set.of("a", "b", "n")), new TreeMap<>()),
                MERGED.makeup("m", second));
        assertEquals(new Areas.Makeup(List.of("a", "b"), new TreeSet<>(), new TreeMap<>()), MERGED.makeup("d", BEFORE));
        assertEquals(
                new Areas.Makeup(List.of("c2", "c1", "c3@2025-07"), new TreeSet<>(Set.of("c3")), new TreeMap<>()),
                SMALL.makeup("p", REFORM));
    }

    private static final Areas ABSORBED = Areas.of(json("""
            {'areas': [
              {'id': 'p', 'name': 'Tỉnh', 'level': 'province'},
              {'id': 'r', 'name': 'Vùng', 'level': 'region', 'parent': 'p', 'members': ['kept']},
              {'id': 'kept', 'name': 'A', 'level': 'commune', 'validTo': '2025-07-01', 'successor': 'b'},
              {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p', 'validTo': '2025-07-01', 'successor': 'b'},
              {'id': 'b', 'name': 'B', 'level': 'commune', 'parent': 'p'}
            ]}"""));

    @Test
    void aUnitThatWasThereBeforeTakesOverFromTheDayOfTheChange() {
        assertEquals(new Areas.Makeup(List.of("b"), new TreeSet<>(), new TreeMap<>()), ABSORBED.makeup("b", BEFORE));
        assertEquals(
                new Areas.Makeup(List.of("b"), new TreeSet<>(Set.of("a")), new TreeMap<>(Map.of("kept", REFORM))),
                ABSORBED.makeup("b", REFORM));
    }

    @Test
    void anEndedUnitIsFollowedToItsSuccessorUnlessARegionKeepsIt() {
        assertEquals("a", MERGED.current("a", BEFORE));
        assertEquals("n", MERGED.current("a", REFORM));
        assertEquals("m", MERGED.current("a", LocalDate.of(2031, 1, 1)));
        assertEquals("d", MERGED.current("d", REFORM));
        assertEquals("c1", SMALL.current("c1", REFORM));
        assertEquals("elsewhere", SMALL.current("elsewhere", REFORM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'areas': [{'id': 'a+b', 'name': 'A', 'level': 'commune'}]}|/areas/0/id: found \"a+b\"; allowed: text of the pattern [0-9A-Za-z@-]+",
                "{'areas': [{'id': 477, 'name': 'A', 'level': 'commune'}]}|/areas/0/id: found 477; allowed: text of the pattern [0-9A-Za-z@-]+",
                "{'areas': [{'id': 'a', 'level': 'commune'}]}|/areas/0: name is missing",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'comune'}]}|/areas/0/level: found \"comune\"; allowed: province, district, commune, region (nearest known: commune)",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'validform': '2025-07-01'}]}|/areas/0/validform: unknown key (nearest known: validFrom); allowed: code, id, latitude, level, longitude, members, name, nameEn, parent, parentBefore, successor, type, validFrom, validTo",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'validTo': 'July'}]}|/areas/0/validTo: found \"July\"; allowed: a date such as 2026-11-24",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'latitude': 107}]}|/areas/0/latitude: found 107; allowed: a number from -90.0 to 90.0",
                "{'areas': [{'id': 'abc', 'name': 'A', 'level': 'commune'}, {'id': 'b', 'name': 'B', 'level': 'commune', 'parent': 'acb'}]}|/areas/1/parent: found acb, which no area is called (nearest known: abc); allowed: an id of /areas",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune'}, {'id': 'a', 'name': 'B', 'level': 'commune'}]}|/areas/1/id: found a a second time; allowed: each once",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'b'}, {'id': 'b', 'name': 'B', 'level': 'commune', 'parent': 'a'}]}|/areas/0: found a cycle: a lies below itself; allowed: a tree",
                "{'areas': [{'id': 'p', 'name': 'P', 'level': 'province'}, {'id': 'r', 'name': 'R', 'level': 'region', 'members': ['a']}, {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p'}]}|/areas/2/parent: found p while it is a member of r; allowed: one parent, so leave this out or name r",
                "{'areas': [{'id': 'r', 'name': 'R', 'level': 'region', 'members': ['a']}, {'id': 's', 'name': 'S', 'level': 'region', 'members': ['a']}, {'id': 'a', 'name': 'A', 'level': 'commune'}]}|/areas/1/members/0: found a, already a member of r; allowed: one",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'validTo': '2025-07-02'}, {'id': 'a@2025-07', 'name': 'B', 'level': 'commune', 'validFrom': '2025-07-01'}]}|/areas/1: found the code a on the same dates as a; allowed: one unit of a code at a time",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'successor': 'b'}, {'id': 'b', 'name': 'B', 'level': 'commune'}]}|/areas/0/successor: found b while a never ends; allowed: with a validTo",
                "{'areas': [{'id': 'a', 'name': 'A', 'level': 'commune', 'validTo': '2025-07-01', 'successor': 'b'}, {'id': 'b', 'name': 'B', 'level': 'commune', 'validFrom': '2025-07-02'}]}|/areas/0/successor: found b, which is not valid on 2025-07-01, when a ends; allowed: one that is, without a gap",
                "{'areas': [{'id': 'p', 'name': 'P', 'level': 'province', 'validTo': '2025-01-01'}, {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p'}]}|/areas/1/parent: found p, valid until before 2025-01-01, but a lies below it on other days too; allowed: a parent for every day (parentBefore: {id, until} for an earlier one)",
                "{'areas': [{'id': 'p', 'name': 'P', 'level': 'province', 'validFrom': '2025-01-01'}, {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p'}]}|/areas/1/parent: found p, valid from 2025-01-01 without end, but a lies below it on other days too; allowed: a parent for every day (parentBefore: {id, until} for an earlier one)",
                "{'areas': [{'id': 'p', 'name': 'P', 'level': 'province'}, {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p', 'parentBefore': {'id': 'elsewhere', 'until': '2025-01-01'}}]}|/areas/1/parentBefore/id: found elsewhere, which no area is called; allowed: an id of /areas",
                "{'areas': [{'id': 'p', 'name': 'P', 'level': 'province', 'parentBefore': {'id': 'a', 'until': '2025-01-01'}}, {'id': 'a', 'name': 'A', 'level': 'commune', 'parent': 'p'}]}|/areas/0: found a cycle: p lies below itself; allowed: a tree",
                "{'areas': {}}|/areas: found {}; allowed: a list",
                "[]|: found []; allowed: an object"
            })
    void whatIsWrongIsNamedByItsPointer(String part, String refusal) {
        assertEquals(refusal, refusal(Areas::of, part));
    }
}
