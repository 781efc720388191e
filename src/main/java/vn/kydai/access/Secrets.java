package vn.kydai.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes secrets and what is kept of tokens. 256 random bits cannot be guessed, so one round of SHA-256 is enough; a
 * password needs a slow hash: {@link Passwords}. Thread-safe.
 */
public final class Secrets {
    /** Lets secret scanners find a leaked token. */
    private static final String PREFIX = "kyd_";

    /** Letters and digits that nobody takes for one another. */
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_GROUPS = 4;
    private static final int GROUP_CHARS = 4;
    private static final int RANDOM_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Makes a token or a session's secret, 47 characters that need no escaping anywhere. */
    public static String create() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random(RANDOM_BYTES));
    }

    /** Makes a first password, 79 random bits that are easily read out: {@code mq7r-k2xd-w9ht-ce4v}. */
    static String createPassword() {
        return IntStream.range(0, PASSWORD_GROUPS)
                .mapToObj(group -> RANDOM.ints(GROUP_CHARS, 0, READABLE.length())
                        .mapToObj(index -> READABLE.substring(index, index + 1))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    /** Makes a short public id to name a token by, 12 hexadecimal digits: no command line takes it for an option. */
    static String createId() {
        return HexFormat.of().formatHex(random(ID_BYTES));
    }

    /** Returns what is stored of a secret: its SHA-256, hex. */
    public static String hash(String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Compares two hashes in constant time. */
    public static boolean isSame(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
