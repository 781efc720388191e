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
    /** The topic is not the sender's own: Not authorized. */
    static final MqttReason FOREIGN_TOPIC = new MqttReason("foreign_topic", 0x87);

    static MqttReason of(Reason reason) {
        return new MqttReason(reason.id(), reason.mqttCode());
    }

    /** Returns the code of a reason id; Not authorized for {@link #FOREIGN_TOPIC}. */
    static int codeOf(String id) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.id().equals(id))
                .mapToInt(Reason::mqttCode)
                .findFirst()
                .orElse(FOREIGN_TOPIC.code());
    }
}
