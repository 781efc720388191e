package vn.kydai.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.access.AccessFixture.await;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.access.SignInResult.Locked;
import vn.kydai.access.SignInResult.Opened;
import vn.kydai.access.SignInResult.Refused;

class PeopleTest {
    private static final String HOME = "10.0.0.1";
    private static final String ELSEWHERE = "203.0.113.9";

    private final AccessFixture fixture = new AccessFixture();
    private final Access access = fixture.access();
    private final String password = fixture.addPerson("lan", Role.OPERATOR, "477");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPersonSignsInByNameAndPasswordAndIsKnownByTheCookie() {
        Opened opened = assertInstanceOf(Opened.class, signIn("lan", password, HOME));

        assertTrue(password.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"), password);
        assertEquals(
                Optional.of(new Caller.Viewer("lan", Role.OPERATOR, "477", "lan of 477")),
                await(access.session(opened.session().secret())));
        String stored =
                fixture.query("select hash from account").iterator().next().getString("hash");
        assertTrue(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), stored);
    }

    @Test
    void anUnknownNameCostsTheSameCheckAsAWrongPassword() {
        assertInstanceOf(Refused.class, signIn("lan", "not the password", HOME));
        long afterKnown = checks();

        assertInstanceOf(Refused.class, signIn("nobody", "not the password", HOME));

        assertEquals(afterKnown + 1, checks());
        assertEquals(
                List.of("lan", "-"),
                Stream.of(fixture.query("select who from audit where what = 'sign-in' order by number"))
                        .flatMap(rows -> {
                            List<String> who = new ArrayList<>();
                            rows.forEach(row -> who.add(row.getString("who")));
                            return who.stream();
                        })
                        .toList(),
                "what is typed as a name may be a password");
    }

    @Test
    void aNameThatIsUnknownLocksLikeOneThatIsKnown() {
        for (String user : List.of("lan", "nobody")) {
            List<Class<?>> answers = new ArrayList<>();
            for (int attempt = 0; attempt < 6; attempt++) {
                answers.add(signIn(user, "guess " + attempt, HOME).getClass());
            }
            assertEquals(
                    List.of(Refused.class, Refused.class, Refused.class, Refused.class, Refused.class, Locked.class),
                    answers,
                    user);
        }
    }

    @Test
    void aLockOutSurvivesARestartGrowsWithEachFailureAndEnds() {
        fail("lan", 5);
        Access restarted = fixture.access();

        Locked first = assertInstanceOf(Locked.class, await(restarted.people().signIn("lan", password, null, HOME)));
        assertEquals(Duration.ofSeconds(30), first.left());

        fixture.clock.advance(Duration.ofSeconds(31));
        fail("lan", 1);
        Locked second = assertInstanceOf(Locked.class, signIn("lan", password, HOME));
        assertEquals(Duration.ofSeconds(60), second.left());

        fixture.clock.advance(Duration.ofSeconds(61));
        assertInstanceOf(Opened.class, signIn("lan", password, HOME));
        fail("lan", 4);
        assertInstanceOf(
                Opened.class, signIn("lan", password, HOME), "a good password forgives the failures before it");
        assertTrue(count("select 1 from audit where who = 'lan' and what = 'sign-in' and result = 'locked'") >= 1);
    }

    @ParameterizedTest
    @CsvSource({"4, PT0S", "5, PT30S", "6, PT1M", "7, PT2M", "9, PT8M", "10, PT15M", "1000, PT15M"})
    void noLockOutIsLongerThanAQuarterOfAnHour(int failures, Duration lock) {
        assertEquals(lock, LockOut.after(failures, 5));
    }

    @Test
    void guessesThatComeAtOnceAreNoMoreThanThoseOneAfterAnother() {
        long before = checks();

        List<Future<SignInResult>> guesses = new ArrayList<>();
        for (int guess = 0; guess < 30; guess++) {
            guesses.add(access.people().signIn("lan", "guess " + guess, null, "10.0.1." + guess));
        }
        guesses.forEach(AccessFixture::await);

        assertEquals(5, checks() - before);
    }

    @Test
    void triesThatNobodyHadTimeToLookAtAreNoFailures() {
        // Given
        List<Future<SignInResult>> crowd = new ArrayList<>();
        for (int stranger = 0; stranger < 120; stranger++) {
            crowd.add(access.people().signIn("stranger-" + stranger, "a guess", null, "10.1.0." + stranger));
        }
        Gauge waiting = fixture.meters.get("kydai.access.waiting").gauge();
        while (waiting.value() < 64 && !crowd.stream().allMatch(Future::isComplete)) {
            Thread.onSpinWait();
        }

        // When
        List<Future<SignInResult>> tries = new ArrayList<>();
        for (int attempt = 0; attempt < 20; attempt++) {
            tries.add(access.people().signIn("lan", password, null, "10.2.0." + attempt));
        }
        await(Future.join(tries).otherwiseEmpty());
        await(Future.join(crowd).otherwiseEmpty());

        // Then
        List<Throwable> unseen =
                tries.stream().filter(Future::failed).map(Future::cause).toList();
        assertFalse(unseen.isEmpty(), "nobody was too busy");
        unseen.forEach(cause ->
                assertEquals(503, assertInstanceOf(Problem.class, cause).status()));
        assertInstanceOf(Opened.class, signIn("lan", password, HOME));
    }

    @Test
    void whoeverGuessesElsewhereDoesNotKeepThePersonOutOfTheirOwnBrowser() {
        Opened opened = assertInstanceOf(Opened.class, signIn("lan", password, HOME));
        for (int attempt = 0; attempt < 30; attempt++) {
            SignInResult unused = signIn("lan", "guess", ELSEWHERE);
            fixture.clock.advance(Duration.ofMinutes(1));
        }
        assertInstanceOf(Locked.class, signIn("lan", password, ELSEWHERE));

        assertInstanceOf(Opened.class, await(access.people().signIn("lan", password, opened.browser(), ELSEWHERE)));
    }

    @Test
    void aBrowserThatIsSparedHasABoundOfItsOwn() {
        Opened opened = assertInstanceOf(Opened.class, signIn("lan", password, HOME));
        for (int attempt = 0; attempt < 10; attempt++) {
            assertInstanceOf(Refused.class, await(access.people().signIn("lan", "guess", opened.browser(), HOME)));
        }

        assertInstanceOf(Locked.class, await(access.people().signIn("lan", password, opened.browser(), HOME)));
    }

    @Test
    void anAddressThatTriesManyNamesIsLocked() {
        for (int name = 0; name < 20; name++) {
            assertInstanceOf(Refused.class, signIn("name" + name, "guess", ELSEWHERE));
        }

        assertInstanceOf(Locked.class, signIn("lan", password, ELSEWHERE));
        assertInstanceOf(Opened.class, signIn("lan", password, HOME));
    }

    @Test
    void whoGuessesOnFromALockedAddressAsksTheDatabaseNothing() {
        for (int name = 0; name < 20; name++) {
            assertInstanceOf(Refused.class, signIn("name" + name, "guess", ELSEWHERE));
        }
        AccessFixture.await(fixture.pool.close());

        SignInResult further = signIn("another", "guess", ELSEWHERE);

        assertInstanceOf(Locked.class, further);
    }

    @Test
    void disablingEndsTheSessionsAtOnceAndEnablingDoesNotBringThemBack() {
        String session = assertInstanceOf(Opened.class, signIn("lan", password, HOME))
                .session()
                .secret();
        assertTrue(await(access.session(session)).isPresent());

        Account disabled = change(Role.OPERATOR, "477", true);

        assertEquals(Optional.empty(), await(access.session(session)));
        assertInstanceOf(Refused.class, signIn("lan", password, HOME));
        assertNotEquals(null, disabled.disabledAt());
        assertEquals(null, change(Role.OPERATOR, "477", false).disabledAt());
        assertEquals(Optional.empty(), await(access.session(session)));
        assertInstanceOf(Opened.class, signIn("lan", password, HOME));
        assertEquals(1, count("select 1 from audit where who = 'admin' and what = 'user.disable' and subject = 'lan'"));
        assertEquals(1, count("select 1 from audit where who = 'admin' and what = 'user.enable' and subject = 'lan'"));
    }

    @Test
    void anotherRoleOrScopeEndsTheSessionsAndAnotherDisplayNameDoesNot() {
        String session = assertInstanceOf(Opened.class, signIn("lan", password, HOME))
                .session()
                .secret();
        Account lan = await(access.people().find("lan")).orElseThrow();
        Account unused = await(access.people()
                .change(lan, new Account.Terms("lan", "Trần Thị Lan", lan.role(), "477"), false, "admin", HOME));
        assertEquals(
                "Trần Thị Lan",
                assertInstanceOf(
                                Caller.Viewer.class,
                                await(access.session(session)).orElseThrow())
                        .display());

        Account changed = change(Role.READER, "477", false);

        assertEquals(Role.READER, changed.role());
        assertEquals(Optional.empty(), await(access.session(session)));
    }

    @Test
    void ofTwoAdministratorsWhoChangeAnAccountAtOnceOneIsToldToLookAgain() {
        Account seen = await(access.people().find("lan")).orElseThrow();
        fixture.clock.advance(Duration.ofSeconds(1));
        Account unused = change(Role.COMMANDER, "477", false);

        Future<Account> late = access.people().change(seen, seen.terms(), true, "other", HOME);

        assertEquals(409, problem(late).status());
    }

    @Test
    void aResetEndsSessionsAndLockOutAndTheOldPasswordIsNoLongerGood() {
        String session = assertInstanceOf(Opened.class, signIn("lan", password, HOME))
                .session()
                .secret();
        fail("lan", 5);

        String next = await(access.people().reset("lan", "admin", HOME)).orElseThrow();

        assertEquals(Optional.empty(), await(access.session(session)));
        assertInstanceOf(Refused.class, signIn("lan", password, HOME));
        assertInstanceOf(Opened.class, signIn("lan", next, HOME));
        assertEquals(Optional.empty(), await(access.people().reset("nobody", "admin", HOME)));
    }

    @Test
    void aPasswordOfOnesOwnChoiceEndsTheOtherSessions() {
        String other = assertInstanceOf(Opened.class, signIn("lan", password, ELSEWHERE))
                .session()
                .secret();
        String own = assertInstanceOf(Opened.class, signIn("lan", password, HOME))
                .session()
                .secret();

        await(access.people().choosePassword("lan", password, "tường giám sát Huế", own, HOME));

        assertTrue(await(access.session(own)).isPresent());
        assertEquals(Optional.empty(), await(access.session(other)));
        assertInstanceOf(Refused.class, signIn("lan", password, HOME));
        assertInstanceOf(
                Opened.class,
                signIn(
                        "lan",
                        java.text.Normalizer.normalize("tường giám sát Huế", java.text.Normalizer.Form.NFD),
                        HOME),
                "a keyboard may write diacritics apart");
    }

    @ParameterizedTest
    @CsvSource({"short, 400", "lan-is-the-name-in-it, 400", "LAN-is-the-name-in-it, 400", "long enough now, 403"})
    void aWeakPasswordIsRefusedAndSoIsAWrongOldOne(String chosen, int status) {
        Future<Void> choosing = access.people().choosePassword("lan", "not the old one", chosen, "", HOME);

        assertEquals(status, problem(choosing).status());
        assertInstanceOf(Opened.class, signIn("lan", password, HOME));
    }

    @Test
    void aNameIsGivenOnceAndTermsThatAreWrongAreNamed() {
        assertEquals(
                Optional.empty(),
                await(access.people().add(new Account.Terms("lan", "", Role.READER, "477"), "command line", "-")));
        assertEquals(1, await(access.people().list()).size());
        for (String name : List.of("Lan", "l", "lan@kydai", "lan\n", "x".repeat(33), "2lan", "")) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> new Account.Terms(name, "", Role.READER, "477"))
                    .getMessage();
            assertTrue(message.startsWith("name: "), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new Account.Terms("lan", "", Role.WALL, "477"));
        assertThrows(IllegalArgumentException.class, () -> new Account.Terms("lan", "a\u0000b", Role.READER, "477"));
    }

    @Test
    void aSessionEndsWhenItIsNotUsed() {
        String session = assertInstanceOf(Opened.class, signIn("lan", password, HOME))
                .session()
                .secret();

        fixture.clock.advance(Duration.ofMinutes(AccessFixture.SESSION_MINUTES).plusSeconds(1));

        assertEquals(Optional.empty(), await(access.session(session)));
        assertFalse(session.isEmpty());
    }

    private SignInResult signIn(String user, String given, String remote) {
        return await(access.people().signIn(user, given, null, remote));
    }

    private void fail(String user, int times) {
        for (int attempt = 0; attempt < times; attempt++) {
            assertInstanceOf(Refused.class, signIn(user, "not the password", "198.51.100." + attempt));
        }
    }

    private Account change(Role role, String scope, boolean isDisabled) {
        Account before = await(access.people().find("lan")).orElseThrow();
        fixture.clock.advance(Duration.ofSeconds(1));
        return await(access.people()
                .change(before, new Account.Terms("lan", before.display(), role, scope), isDisabled, "admin", HOME));
    }

    private static Problem problem(Future<?> failed) {
        return assertInstanceOf(Problem.class, assertThrows(RuntimeException.class, () -> await(failed)));
    }

    /** How many passwords were hashed or checked. */
    private long checks() {
        return fixture.meters.get("kydai.access.password").timers().stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }

    private int count(String sql) {
        return fixture.query(sql).size();
    }
}
