package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message once decoded, before any of it is believed.
 *
 * @param type CloudEvents type it claims, or that its topic gives it
 * @param source CloudEvents source it claims
 * @param area area it claims
 * @param id its id, of any JSON type
 * @param time its time, of any JSON type
 * @param data what it says, not yet checked
 * @param at JSON pointer of the data in the message
 * @param unknown names of attributes outside the contract
 */
record Envelope(
        String type,
        @Nullable String source,
        @Nullable String area,
        @Nullable JsonNode id,
        @Nullable JsonNode time,
        JsonNode data,
        String at,
        List<String> unknown) {
    Envelope {
        unknown = List.copyOf(unknown);
    }
}
