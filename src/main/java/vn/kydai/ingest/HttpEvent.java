package vn.kydai.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event of a request.
 *
 * @param bytes as they came
 * @param claimed id of the source it names; absent when it names none
 * @param decoding decodes it, or ends with {@link Rejected}
 */
record HttpEvent(Buffer bytes, @Nullable String claimed, Supplier<Envelope> decoding) {}
