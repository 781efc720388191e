package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of JSON that do not depend on how it was written. */
public final class Digest {
    private Digest() {}

    /** Returns SHA-256, in hex, of a tree's RFC 8785 form: order of names and spelling of numbers do not matter. */
    public static String of(JsonNode node) {
        return of(CanonicalJson.of(node).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns SHA-256, in hex, of bytes. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
