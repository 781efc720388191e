package vn.kydai.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:DB8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::1, 20010db800010003/64",
        "fe80::1%eth0, fe80000000000000/64",
        "::1, 0000000000000000/64",
        "unix, unix"
    })
    void anAddressCountsAsTheNetworkOneSubscriberHolds(String address, String key) {
        assertEquals(key, Network.of(address));
    }

    @Test
    void whoeverComesFromAFreshAddressOfTheSameNetworkEachTimeIsLockedLikeFromOne() {
        try (AccessFixture fixture = new AccessFixture()) {
            People people = fixture.access().people();
            for (int guess = 0; guess < 20; guess++) {
                SignInResult unused = AccessFixture.await(
                        people.signIn("nobody-" + guess, "not the password", null, "2001:db8:1:2::" + guess));
            }

            SignInResult same = AccessFixture.await(people.signIn("x", "wrong", null, "2001:db8:1:2:ffff::1"));
            SignInResult neighbour = AccessFixture.await(people.signIn("x", "wrong", null, "2001:db8:1:3::1"));

            assertEquals(SignInResult.Locked.class, same.getClass());
            assertEquals(SignInResult.Refused.class, neighbour.getClass());
        }
    }
}
