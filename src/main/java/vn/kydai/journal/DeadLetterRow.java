package vn.kydai.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.event.codec.Json;

/** A row of the dead letters. Text is made storable here: a dead letter must never fail a batch. */
record DeadLetterRow(String source, String reason, String detail, String kept, int bytes) {
    private static final String CONFLICT = "conflict";

    DeadLetterRow {
        source = storable(source);
        detail = storable(detail);
        kept = storable(kept);
    }

    static DeadLetterRow of(Submission.DeadLetter letter) {
        return new DeadLetterRow(
                letter.receipt().source(), letter.reason().id(), letter.detail(), letter.kept(), letter.bytes());
    }

    /** Keeps of a repeat whose content differs from the first one's no content, only how to tell it apart. */
    static DeadLetterRow conflict(Submission.Draft repeat, String firstDigest) {
        ObjectNode kept = kept(repeat).put("firstDigest", firstDigest);
        return new DeadLetterRow(
                repeat.source(),
                CONFLICT,
                "id " + repeat.id() + " came before with other content",
                Json.text(kept),
                repeat.bytes());
    }

    /** Returns what may be kept of a draft that cannot be stored. */
    static ObjectNode kept(Submission.Draft draft) {
        return Json.MAPPER
                .createObjectNode()
                .put("bytes", draft.bytes())
                .put("digest", draft.content().digest());
    }

    /** PostgreSQL stores every character but NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
