package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.Caller;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.registry.Areas;

class ReachTest {
    private static final Areas AREAS = Areas.of(ReportFixture.tree("""
            {"areas": [
              {"id": "46", "name": "Huế", "level": "province"},
              {"id": "477", "name": "Quảng Điền", "level": "district", "parent": "46", "validTo": "2025-07-01"},
              {"id": "19867", "name": "Sịa", "level": "commune", "parent": "477", "validTo": "2025-07-01",
               "successor": "new"},
              {"id": "new", "name": "Quảng Điền", "level": "commune", "parent": "46", "validFrom": "2025-07-01"}]}
            """));
    private static final Caller.Viewer READER = new Caller.Viewer("reader", Role.READER, "46");

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-30T23:59", "2025-07-01T00:00", "2025-07-01T09:00", "2026-11-25T09:00"})
    void aUnitIsSeenBeforeOnAndAfterTheDayOfItsEnd(String local) {
        assertEquals("19867", Reach.of(AREAS, READER, "19867", Desk.at(local)).area());
    }

    @Test
    void anotherUnitIsNotSeen() {
        Caller.Viewer successor = new Caller.Viewer("reader", Role.READER, "new");
        Instant now = Desk.at("2026-11-25T09:00");
        assertEquals(
                403,
                assertThrows(Problem.class, () -> Reach.of(AREAS, successor, "46", now))
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"46,true", "new,false"})
    void onlyAnAdministratorOfTheWholeSeesTheProductsOwnEvents(String scope, boolean seesThem) {
        Caller.Viewer admin = new Caller.Viewer("admin", Role.ADMIN, scope);

        Reach reach = Reach.of(AREAS, admin, null, Desk.at("2026-11-25T09:00"));

        assertEquals(seesThem, reach.seesOwnEvents());
    }
}
