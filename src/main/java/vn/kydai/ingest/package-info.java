/** From bytes to the journal: MQTT and HTTP, decoding, admission, acknowledgement after commit. */
@NullMarked
package vn.kydai.ingest;

import org.jspecify.annotations.NullMarked;
