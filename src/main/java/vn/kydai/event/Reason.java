package vn.kydai.event;

import java.util.Locale;

/** Why an event was rejected. The id is part of the contract, of the dead letter and of the metric's label. */
public enum Reason {
    /** Not JSON, or no CloudEvent. */
    MALFORMED(0x99),
    /** JSON, but not as the schema of its kind says. */
    SCHEMA(0x99),
    /** Carries a field outside its schema; no value of it is kept anywhere. */
    UNKNOWN_FIELD(0x99),
    /** Larger than 64 KiB. */
    TOO_LARGE(0x83),
    /** Happened later than now plus the allowed clock skew. */
    FUTURE(0x83),
    /** Names a source that is not the sender's own, nor registered behind it. */
    SOURCE_MISMATCH(0x83),
    /** Its type is not the topic's kind, or a kind that no source may send. */
    TYPE_MISMATCH(0x83),
    /** A reading of a metric the configuration does not know. */
    UNKNOWN_METRIC(0x83),
    /** Published on a topic that is not the sender's own. */
    FOREIGN(0x87),
    /** What its registration does not let this source say: a kind, a metric, an area that decides. */
    NOT_ENTITLED(0x83);

    private final int mqttCode;

    Reason(int mqttCode) {
        this.mqttCode = mqttCode;
    }

    /** Returns the id used in answers, dead letters and metrics: {@code too_large}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the MQTT 5 reason code of the PUBACK or PUBREC. */
    public int mqttCode() {
        return mqttCode;
    }
}
