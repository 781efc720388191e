package vn.kydai.config;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys of {@link Settings}, found once by reflection over its records, and back from values to the records. */
final class SettingKeys {
    private static final String ENVIRONMENT_PREFIX = "KYDAI_";

    /** Token of a source or a script, for the commands that post or read over HTTP; no setting. */
    private static final String TOKEN_VARIABLE = "KYDAI_TOKEN";

    /** Every key in the order of the records. */
    static final List<Setting> ALL = List.copyOf(walk(Settings.class, "", Settings.DEFAULTS));

    private static final Map<String, Setting> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::path, Function.identity()));

    private SettingKeys() {}

    /**
     * One key.
     *
     * @param path {@code wall.tickMs}
     * @param type of its value: {@code int}, {@code long} or {@code String}
     */
    record Setting(String path, Class<?> type, Object defaultValue, Key key) {
        /** Returns the variable that overrides it: {@code KYDAI_WALL_TICK_MS}. */
        String variable() {
            return ENVIRONMENT_PREFIX
                    + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT);
        }
    }

    static boolean isOurs(String variable) {
        return variable.startsWith(ENVIRONMENT_PREFIX) && !variable.equals(TOKEN_VARIABLE);
    }

    /** Builds the records from values by path; a path without one keeps its default. */
    static Settings build(Map<String, Object> values) {
        return (Settings) build(Settings.class, "", values);
    }

    private static List<Setting> walk(Class<?> type, String prefix, Object defaults) {
        List<Setting> settings = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            Object value = value(component, defaults);
            if (component.getType().isRecord()) {
                settings.addAll(walk(component.getType(), path + ".", value));
            } else {
                Key key = requireNonNull(component.getAnnotation(Key.class), () -> path + " has no @Key");
                settings.add(new Setting(path, component.getType(), value, key));
            }
        }
        return settings;
    }

    private static Object build(Class<?> type, String prefix, Map<String, Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            String path = prefix + components[index].getName();
            types[index] = components[index].getType();
            Setting setting = BY_PATH.get(path);
            arguments[index] = setting == null
                    ? build(types[index], path + ".", values)
                    : values.getOrDefault(path, setting.defaultValue());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + type.getName() + " cannot be built", e);
        }
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            return requireNonNull(component.getAccessor().invoke(record), "a default is null");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the default of " + component.getName() + " cannot be read", e);
        }
    }
}
