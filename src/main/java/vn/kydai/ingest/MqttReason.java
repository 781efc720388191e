package vn.kydai.ingest;

import java.util.Arrays;
import vn.kydai.event.Reason;

/**
 * The reason id of a negative acknowledgement and its MQTT 5 code.
 *
 * @param id what the Reason String says
 * @param code reason code of the PUBACK or PUBREC
 */
record MqttReason(String id, int code) {
    /** A duplicate that says something else than the original, which stays: acknowledged, since a repeat changes nothing. */
    static final MqttReason CONFLICT = new MqttReason("conflict", 0x00);

    static MqttReason of(Reason reason) {
        return new MqttReason(reason.id(), reason.mqttCode());
    }

    /** Returns the code of a reason id; Success for {@link #CONFLICT}. */
    static int codeOf(String id) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.id().equals(id))
                .mapToInt(Reason::mqttCode)
                .findFirst()
                .orElse(CONFLICT.code());
    }
}
