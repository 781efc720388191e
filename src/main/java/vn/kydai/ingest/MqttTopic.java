package vn.kydai.ingest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code kydai/v1/{area}/{source}/{kind}}, parsed but not believed.
 *
 * @param kind whatever the last level says
 */
record MqttTopic(String area, String source, String kind) {
    private static final Pattern PUBLISH =
            Pattern.compile("kydai/v1/([0-9A-Za-z@-]{1,64})/([0-9A-Za-z_.-]{1,64})/([^+#]{1,64})");
    private static final Pattern SUBSCRIBE = Pattern.compile("kydai/v1/([0-9A-Za-z@-]{1,64})/(?:alarm|figure/#)");

    /** Parses the topic of a PUBLISH; empty when it is not of our form. */
    static Optional<MqttTopic> parse(String topic) {
        Matcher matcher = PUBLISH.matcher(topic);
        return matcher.matches()
                ? Optional.of(new MqttTopic(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** Returns the topic on which an area's devices hear of alarms and orders. */
    static String ofAlarms(String area) {
        return "kydai/v1/" + area + "/alarm";
    }

    /** Returns the area whose alarms a filter asks for; null when it asks for something else. */
    static @Nullable String alarmArea(String filter) {
        return filter.endsWith("/alarm") ? subscribedArea(filter).orElse(null) : null;
    }

    /** Returns the area a filter asks about; empty when no device may subscribe to such a filter. */
    static Optional<String> subscribedArea(String filter) {
        Matcher matcher = SUBSCRIBE.matcher(filter);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
