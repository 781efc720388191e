package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScratchDatabaseTest {
    @Test
    void onlyTheDatabaseOfAnAddressIsAnother() {
        assertEquals(
                "postgresql://u:p@host:5433/own?ssl=1",
                scratch("postgresql://u:p@host:5433/db?ssl=1").uri());
        assertEquals("postgres://host/own", scratch("postgres://host/").uri());
        assertEquals(
                "postgresql://host/own?user=x",
                scratch("postgresql://host?user=x").uri());
        assertEquals("", scratch("").uri());
    }

    @Test
    void anAddressWithoutADatabaseMeansTheOneEveryServerHas() {
        assertEquals(
                "postgresql://host/postgres?user=x",
                scratch("postgresql://host?user=x").creator());
        assertEquals("postgresql://host/postgres", scratch("postgresql://host/").creator());
        assertEquals(
                "postgresql://u@host/db?a=b",
                scratch("postgresql://u@host/db?a=b").creator());
    }

    private static ScratchDatabase scratch(String named) {
        return new ScratchDatabase(named, "own");
    }
}
