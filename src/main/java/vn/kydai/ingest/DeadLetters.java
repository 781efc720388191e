package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Submission.DeadLetter;

/** Makes dead letters. No personal data may enter one: it keeps sizes, digests, names, and never an unknown value. */
final class DeadLetters {
    private static final int HEAD_BYTES = 64;

    /** What a letter weighs in the journal's queue besides its texts. */
    private static final int OVERHEAD_BYTES = 256;

    private DeadLetters() {}

    static DeadLetter of(Arrival arrival, Rejected rejected, Evidence evidence) {
        byte[] raw = arrival.bytes().getBytes();
        ObjectNode kept = Json.MAPPER.createObjectNode().put("size", raw.length).put("digest", Digest.of(raw));
        if (rejected.reason() == Reason.UNKNOWN_FIELD) {
            ArrayNode names = kept.putArray("fields");
            rejected.fields().forEach(names::add);
        } else {
            evidence.putInto(kept);
        }
        if (rejected.reason() == Reason.MALFORMED) {
            kept.set("head", head(raw));
        }
        String text = Json.text(kept);
        int bytes = OVERHEAD_BYTES + text.length() + rejected.detail().length();
        return new DeadLetter(arrival.receipt(), bytes, rejected.reason(), rejected.detail(), text);
    }

    private static ObjectNode head(byte[] raw) {
        byte[] head = java.util.Arrays.copyOf(raw, Math.min(raw.length, HEAD_BYTES));
        return Json.MAPPER
                .createObjectNode()
                .put("base64", new String(Base64.getEncoder().encode(head), StandardCharsets.US_ASCII))
                .put("text", Printable.ascii(head));
    }
}
