package vn.kydai.bench.load;

/**
 * One event as it is sent.
 *
 * @param kind of the contract
 * @param time RFC 3339
 * @param fields the members of {@code data}, JSON without its braces
 * @param isRepeat whether it was sent before
 * @param shown what its sensor's tile counts up to once the event is on a wall; 0 when no wall can tell
 */
record Outgoing(String kind, String id, String time, String fields, boolean isRepeat, long shown) {
    /** Returns the payload of an MQTT message. */
    String flat() {
        return "{\"id\":\"" + id + "\",\"time\":\"" + time + "\"," + fields + "}";
    }

    /** Returns the CloudEvent of a source. */
    String cloudEvent(String source) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/sources/" + source
                + "\",\"type\":\"vn.kydai." + kind + ".v1\",\"time\":\"" + time + "\",\"data\":{" + fields + "}}";
    }

    Outgoing repeated() {
        return new Outgoing(kind, id, time, fields, true, 0);
    }
}
