/** From bytes to the journal: MQTT and HTTP, decoding, admission, acknowledgement after commit; the devices that may. */
@NullMarked
package vn.kydai.ingest;

import org.jspecify.annotations.NullMarked;
