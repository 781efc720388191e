package vn.kydai.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.access.AccessFixture.await;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final String REMOTE = "192.0.2.7";
    private static final Duration BEYOND_MEMORY = RecentSignIns.FRESH.plusSeconds(1);

    private final AccessFixture fixture = new AccessFixture();
    private final Access access = fixture.access();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDeviceSignsInWithItsIdAndToken() {
        fixture.addDevice("wl-phu-oc", "kyd_right");

        assertEquals(Optional.of(new Caller.Device("wl-phu-oc")), await(access.device("wl-phu-oc", "kyd_right")));
    }

    @Test
    void aWrongTokenAnUnknownIdAndAnotherDevicesTokenAreNotGood() {
        fixture.addDevice("wl-phu-oc", "kyd_right");
        fixture.addDevice("wl-kim-long", "kyd_other");

        assertEquals(Optional.empty(), await(access.device("wl-phu-oc", "kyd_wrong")));
        assertEquals(Optional.empty(), await(access.device("nobody", "kyd_right")));
        assertEquals(Optional.empty(), await(access.device("wl-phu-oc", "kyd_other")));
        assertEquals(Optional.empty(), await(access.device("not an id\u0000", "kyd_right")));
        assertEquals(Optional.empty(), await(access.device("nobody", "nobody")));
    }

    @Test
    void whatWasRefusedIsNotLookedUpAgainForTenSecondsAndKeepsNobodyElseWaiting() {
        fixture.addDevice("wl-kim-long", "kyd_other");
        assertTrue(await(access.device("wl-phu-oc", "kyd_late")).isEmpty());
        assertTrue(await(access.bearer("kyd_late")).isEmpty());
        assertTrue(await(access.signIn(new Credential.Basic("wl-phu-oc", "kyd_late"), REMOTE))
                .isEmpty());
        fixture.addDevice("wl-phu-oc", "kyd_late");

        boolean isLookedUp = await(access.device("wl-phu-oc", "kyd_late")).isPresent()
                || await(access.bearer("kyd_late")).isPresent();
        boolean isOtherLetIn = await(access.device("wl-kim-long", "kyd_other")).isPresent();
        fixture.clock.advance(RecentRefusals.FRESH);

        assertFalse(isLookedUp, "one that is refused is not looked up each time");
        assertTrue(isOtherLetIn, "from the same address");
        assertTrue(await(access.device("wl-phu-oc", "kyd_late")).isPresent(), "good meanwhile");
        assertTrue(await(access.bearer("kyd_late")).isPresent(), "good meanwhile");
    }

    @Test
    void noSessionIsOpenedForATokenThatWasRefusedAMomentAgoWhichIsGoodForADevice() {
        fixture.addDevice("wl-phu-oc", "kyd_device");

        assertTrue(await(access.openSession("kyd_device", REMOTE)).isEmpty());
        assertTrue(await(access.openSession("kyd_device", REMOTE)).isEmpty());

        assertTrue(await(access.bearer("kyd_device")).isPresent(), "a refused session is no refused device");
    }

    @Test
    void asManyRefusalsAsAreBoundedAreRememberedAndNoneLongerForAClockThatIsSetBack() {
        RecentRefusals refusals = new RecentRefusals();
        Instant now = fixture.clock.instant();

        for (int i = 0; i <= RecentRefusals.MAX_ENTRIES; i++) {
            refusals.put("wrong " + i, now);
        }

        assertFalse(refusals.isFresh("wrong 0", now), "the oldest gave way");
        assertTrue(refusals.isFresh("wrong 1", now));
        assertTrue(refusals.isFresh("wrong " + RecentRefusals.MAX_ENTRIES, now));
        assertFalse(refusals.isFresh("wrong 1", now.minus(Duration.ofHours(1))), "set back");
        assertFalse(refusals.isFresh("wrong 1", now.plus(RecentRefusals.FRESH)));
    }

    @Test
    void aRevokedDeviceIsRefusedWithinTenSeconds() {
        fixture.addDevice("wl-phu-oc", "kyd_right");
        assertTrue(await(access.device("wl-phu-oc", "kyd_right")).isPresent());

        fixture.execute("update device set revoked_at = now() where id = 'wl-phu-oc'");
        fixture.clock.advance(BEYOND_MEMORY);

        assertTrue(await(access.device("wl-phu-oc", "kyd_right")).isEmpty());
        assertTrue(await(access.bearer("kyd_right")).isEmpty());
    }

    @Test
    void aTokenAloneTellsWhoseItIs() {
        fixture.addDevice("wl-phu-oc", "kyd_device");
        String reader = fixture.addToken(Role.READER, "477", 0);

        assertEquals(Optional.of(new Caller.Viewer("reader of 477", Role.READER, "477")), await(access.bearer(reader)));
        assertEquals(Optional.of(new Caller.Device("wl-phu-oc")), await(access.bearer("kyd_device")));
        assertEquals(Optional.empty(), await(access.bearer("")));
    }

    @Test
    void aTokenEndsToTheSecond() {
        String token = fixture.addToken(Role.WALL, "477", 1);

        fixture.clock.advance(Duration.ofDays(1).minusSeconds(1));
        assertTrue(await(access.bearer(token)).isPresent());
        fixture.clock.advance(Duration.ofSeconds(1));
        assertTrue(await(access.bearer(token)).isEmpty());
    }

    @Test
    void aRevokedTokenAndItsSessionsEndAtOnceHereAndWithinTenSecondsElsewhere() {
        String token = fixture.addToken(Role.WALL, "477", 0);
        Access elsewhere = fixture.access();
        Session session = await(access.openSession(token, REMOTE)).orElseThrow();
        assertTrue(await(elsewhere.bearer(token)).isPresent());
        assertTrue(await(elsewhere.session(session.secret())).isPresent());
        String id = await(access.listTokens()).get(0).id();

        assertTrue(await(access.revokeToken(id, fixture.clock.instant(), "command line")));

        assertTrue(await(access.bearer(token)).isEmpty());
        assertTrue(await(access.session(session.secret())).isEmpty());
        fixture.clock.advance(BEYOND_MEMORY);
        assertTrue(await(elsewhere.bearer(token)).isEmpty());
        assertTrue(await(elsewhere.session(session.secret())).isEmpty());
        assertFalse(await(access.revokeToken(id, fixture.clock.instant(), "command line")), "twice");
    }

    @Test
    void secretsAreKeptOnlyHashed() {
        String token = fixture.addToken(Role.READER, "477", 0);
        Session session = await(access.openSession(token, REMOTE)).orElseThrow();

        assertTrue(token.matches("kyd_[0-9A-Za-z_-]{43}"), token);
        assertNotEquals(token, fixture.addToken(Role.READER, "477", 0));
        String stored = fixture.query(
                        "select row_to_json(t)::text || row_to_json(s)::text as all from token t, session s")
                .iterator()
                .next()
                .getString("all");
        assertFalse(stored.contains(token));
        assertFalse(stored.contains(session.secret()));
        assertFalse(session.toString().contains(session.secret()));
        assertFalse(new Credential.Basic("d", "hidden").toString().contains("hidden"));
    }

    @Test
    void aSessionOutlivesTheServer() {
        String token = fixture.addToken(Role.READER, "477", 0);
        String cookie = await(access.openSession(token, REMOTE)).orElseThrow().secret();

        Access restarted = fixture.access();

        assertEquals(
                Optional.of(new Caller.Viewer("reader of 477", Role.READER, "477")), await(restarted.session(cookie)));
    }

    @Test
    void aPersonsSessionEndsWhenUnusedAndLastsWhileUsed() {
        String token = fixture.addToken(Role.READER, "477", 0);
        String cookie = await(access.openSession(token, REMOTE)).orElseThrow().secret();

        for (int i = 0; i < 5; i++) {
            fixture.clock.advance(Duration.ofMinutes(AccessFixture.SESSION_MINUTES - 5));
            assertTrue(await(access.session(cookie)).isPresent(), "used " + i);
        }
        fixture.clock.advance(Duration.ofMinutes(AccessFixture.SESSION_MINUTES));
        assertTrue(await(access.session(cookie)).isEmpty());
    }

    @Test
    void aWallsSessionLastsAsLongAsItsToken() {
        String token = fixture.addToken(Role.WALL, "477", 100);
        Session session = await(access.openSession(token, REMOTE)).orElseThrow();

        assertEquals(Duration.ofDays(100), session.lasts());
        fixture.clock.advance(Duration.ofDays(99));
        assertTrue(await(access.session(session.secret())).isPresent());
        fixture.clock.advance(Duration.ofDays(1));
        assertTrue(await(access.session(session.secret())).isEmpty());
    }

    @Test
    void anEndedSessionIsOver() {
        String token = fixture.addToken(Role.READER, "477", 0);
        String cookie = await(access.openSession(token, REMOTE)).orElseThrow().secret();
        assertTrue(await(access.session(cookie)).isPresent());

        await(access.endSession(cookie, REMOTE));

        assertTrue(await(access.session(cookie)).isEmpty());
    }

    @Test
    void aDeviceOpensNoSession() {
        fixture.addDevice("wl-phu-oc", "kyd_device");

        assertTrue(await(access.openSession("kyd_device", REMOTE)).isEmpty());
    }

    @Test
    void aGoodTokenIsLetInHoweverOftenItsAddressHasFailed() {
        String token = fixture.addToken(Role.READER, "477", 0);
        for (int i = 0; i < 40; i++) {
            assertTrue(await(access.signIn(new Credential.Bearer("guess" + i), REMOTE))
                    .isEmpty());
        }

        Optional<Caller> caller = await(access.signIn(new Credential.Bearer(token), REMOTE));

        assertTrue(caller.isPresent());
        assertEquals(
                30,
                fixture.query("select 1 from audit where what = 'sign-in' and result = 'refused'")
                        .size(),
                "failures of one address are audited up to a bound");
    }

    @Test
    void theAuditLogTellsWhoDidWhatAndCannotBeRewritten() {
        String token = fixture.addToken(Role.READER, "477", 0);
        String cookie = await(access.openSession(token, REMOTE)).orElseThrow().secret();
        await(access.endSession(cookie, REMOTE));
        assertTrue(
                await(access.signIn(new Credential.Basic("ghost", "x"), REMOTE)).isEmpty());

        StringBuilder log = new StringBuilder();
        fixture.query("select who, what, result from audit order by number")
                .forEach(row -> log.append(row.getString(0) + "|" + row.getString(1) + "|" + row.getString(2) + "\n"));
        assertEquals("""
                command line|token.add|ok
                reader of 477|session.open|ok
                reader of 477|session.end|ok
                ghost|sign-in|refused
                """, log.toString());
        for (String attempt : new String[] {"update audit set who = 'x'", "delete from audit", "truncate audit"}) {
            PgException refused = assertThrows(PgException.class, () -> fixture.execute(attempt));
            assertTrue(refused.toString().contains("cannot be rewritten"), refused.toString());
        }
    }

    @Test
    void aCallerSeenAMomentAgoCostsNoQuery() {
        String token = fixture.addToken(Role.READER, "477", 0);
        assertTrue(await(access.bearer(token)).isPresent());
        await(fixture.pool.close());

        assertTrue(await(access.bearer(token)).isPresent());
        fixture.clock.advance(BEYOND_MEMORY);
        assertTrue(access.bearer(token)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((ok, e) -> e != null)
                .orTimeout(5, TimeUnit.SECONDS)
                .join());
    }
}
