/** The demo's communes and sensors, played as real MQTT and HTTP clients. */
@NullMarked
package vn.kydai.simulate;

import org.jspecify.annotations.NullMarked;
