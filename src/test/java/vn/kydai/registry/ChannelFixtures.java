package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads channels for tests of other packages. */
public final class ChannelFixtures {
    private ChannelFixtures() {}

    public static Channels read(JsonNode part, Areas areas, AlarmRules rules) {
        return new ChannelsReader(areas, rules).read(part);
    }
}
