package vn.kydai.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import vn.kydai.config.SettingKeys.Setting;

/** What a setting's text or YAML value means, or why it is not allowed. */
sealed interface SettingValue {
    /** A value of the setting's type. */
    record Allowed(Object value) implements SettingValue {}

    /** What was found and what is allowed. */
    record Refused(String why) implements SettingValue {}

    /** Reads a value of the file. */
    static SettingValue of(Setting setting, JsonNode found) {
        if (setting.type() == String.class) {
            return found.isTextual() || found.isNull()
                    ? ofText(setting, found.isNull() ? "" : found.textValue())
                    : refused(setting, found.toString());
        }
        return found.canConvertToExactIntegral() && found.canConvertToLong()
                ? ofNumber(setting, found.longValue(), found.asText())
                : refused(setting, found.toString());
    }

    /** Reads a variable of the environment. */
    static SettingValue of(Setting setting, String found) {
        if (setting.type() == String.class) {
            return ofText(setting, found);
        }
        try {
            return ofNumber(setting, Long.parseLong(found.strip()), found);
        } catch (NumberFormatException e) {
            return refused(setting, quoted(found));
        }
    }

    private static SettingValue ofNumber(Setting setting, long number, String found) {
        if (number < setting.key().min() || number > setting.key().max()) {
            return refused(setting, found);
        }
        return new Allowed(setting.type() == int.class ? (Object) (int) number : (Object) number);
    }

    private static SettingValue ofText(Setting setting, String text) {
        Key key = setting.key();
        List<String> allowed = List.of(key.allowed());
        if (List.of(key.notYet()).contains(text)) {
            return new Refused("found " + quoted(text) + ", which is not built yet; allowed: " + allowed(setting));
        }
        boolean isWord = allowed.isEmpty() || allowed.contains(text);
        boolean isStart = text.isEmpty()
                || key.beginsWith().length == 0
                || Arrays.stream(key.beginsWith()).anyMatch(text::startsWith);
        boolean isClean = text.chars().noneMatch(each -> key.without().indexOf(each) >= 0);
        return isWord && isStart && isClean && text.length() >= key.min()
                ? new Allowed(text)
                : refused(setting, quoted(text) + Nearest.hint(text, allowed));
    }

    private static SettingValue refused(Setting setting, String found) {
        String shown = setting.key().secret() ? "another value (not shown, it may hold a password)" : found;
        return new Refused("found " + shown + "; allowed: " + allowed(setting));
    }

    private static String allowed(Setting setting) {
        Key key = setting.key();
        if (setting.type() != String.class) {
            String unit = key.unit().isEmpty() ? "" : " (" + key.unit() + ")";
            return "a whole number from " + key.min() + " to " + key.max() + unit;
        }
        if (key.allowed().length > 0) {
            return String.join(", ", key.allowed());
        }
        if (key.beginsWith().length > 0) {
            return "nothing, or text beginning with " + String.join(" or ", key.beginsWith());
        }
        String without = key.without().isEmpty() ? "" : ", without any of \"" + key.without() + "\"";
        return (key.min() > 0 ? "text, not empty" : "text") + without;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
