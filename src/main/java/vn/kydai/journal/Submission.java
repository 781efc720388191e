package vn.kydai.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Configuration;
import vn.kydai.event.Data;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** What ingest hands to the journal: an event to append, or a rejection to record. */
public sealed interface Submission {
    /** Area of events that belong to the installation and to no unit. */
    String NO_AREA = "-";

    /** Returns the ledger line to count it on. */
    Receipt receipt();

    /** Returns roughly how many bytes it holds, for the queue's bound. */
    int bytes();

    /**
     * An event that passed admission.
     *
     * @param source id of the source
     * @param id unique at the source
     * @param isIdentified whether the source gave enough to recognise a repeat
     * @param area leaf area of the source at event time
     * @param eventTime absent: the journal takes the ingest time and marks it assumed
     */
    record Draft(
            Receipt receipt,
            int bytes,
            String source,
            String id,
            boolean isIdentified,
            String area,
            @Nullable Instant eventTime,
            Content content)
            implements Submission {
        public Draft {
            requireNonNull(receipt, "receipt is null");
            requireNonNull(source, "source is null");
            requireNonNull(id, "id is null");
            requireNonNull(area, "area is null");
            requireNonNull(content, "content is null");
        }

        /** Returns the product's own word on the configuration; it belongs to the installation and to no area. */
        public static Draft of(Configuration configuration, Instant now) {
            return new Draft(
                    new Receipt(Receipt.SELF, IngestDay.of(now), false),
                    configuration.content().length(),
                    Receipt.SELF,
                    configuration.what() + "-" + configuration.digest() + "-" + now.toEpochMilli(),
                    true,
                    NO_AREA,
                    null,
                    Content.of(configuration, null, configuration.digest()));
        }
    }

    /**
     * What an event says. Its text is written where the event was admitted, so that the one writer need not.
     *
     * @param json the data and {@code seq} as the journal keeps them
     * @param digest SHA-256 (hex) of the RFC 8785 form of kind, time and data
     */
    record Content(Data data, @Nullable Long seq, String json, String digest) {
        public Content {
            requireNonNull(data, "data is null");
            requireNonNull(json, "json is null");
            requireNonNull(digest, "digest is null");
        }

        /** Writes the text itself. */
        public static Content of(Data data, @Nullable Long seq, String digest) {
            return new Content(data, seq, Json.text(DataJson.write(data, seq)), digest);
        }
    }

    /**
     * A rejection, kept as a dead letter.
     *
     * @param reason why
     * @param detail where and what is allowed; never a value of an unknown field
     * @param kept what may be kept of it as JSON text: field names, size and digest, or its first 64 bytes
     */
    record DeadLetter(Receipt receipt, int bytes, Reason reason, String detail, String kept) implements Submission {
        public DeadLetter {
            requireNonNull(receipt, "receipt is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(detail, "detail is null");
            requireNonNull(kept, "kept is null");
        }
    }
}
