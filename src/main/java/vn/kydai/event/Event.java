package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as the journal keeps it. ({@code source}, {@code id}) is its identity.
 *
 * @param id unique at its source
 * @param source id of the source that sent it, {@code [0-9A-Za-z_.-]{1,64}}
 * @param area id of the area the source was registered in at {@code eventTime}
 * @param eventTime when it happened, by the source's word
 * @param timeAssumed whether the source gave no time and {@code eventTime} is the ingest time
 * @param seq the source's own counter, if it keeps one
 * @param data what happened
 */
public record Event(
        String id,
        String source,
        String area,
        Instant eventTime,
        boolean timeAssumed,
        @Nullable Long seq,
        Data data) {
    /** Source of what the product itself journals, such as configuration; no device may be called so. */
    public static final String PRODUCT = "kydai";

    /** Stands for the source of what nobody signed in for; no device may be called so. */
    public static final String NOBODY = "-";

    public Event {
        requireNonNull(id, "id is null");
        requireNonNull(source, "source is null");
        requireNonNull(area, "area is null");
        requireNonNull(eventTime, "eventTime is null");
        requireNonNull(data, "data is null");
    }

    /** Returns the kind of its data. */
    public Kind kind() {
        return data.kind();
    }
}
