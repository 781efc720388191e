package vn.kydai.bench.load;

/**
 * One event as it is sent.
 *
 * @param kind of the contract
 * @param time RFC 3339
 * @param fields the members of {@code data}, JSON without its braces
 * @param isRepeat whether it was sent before
 * @param shown what its sensor's tile counts up to once the event is on a wall; 0 when no wall can tell
 * @param raised hundredths of the value that an alarm of its sensor has once the event has raised it; 0 when it raises none
 */
record Outgoing(String kind, String id, String time, String fields, boolean isRepeat, long shown, long raised) {
    /** One that raises no alarm. */
    Outgoing(String kind, String id, String time, String fields, boolean isRepeat, long shown) {
        this(kind, id, time, fields, isRepeat, shown, 0);
    }

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
