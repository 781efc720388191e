package vn.kydai.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.kydai.config.SettingKeys.Setting;

/** Reads the settings: defaults, over them {@code kydai.yaml}, over it the environment. Every error is reported at once. */
public final class SettingsReader {
    /** Name of the file in the configuration directory. */
    public static final String FILE = "kydai.yaml";

    private final Map<String, Object> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader() {}

    /**
     * Reads the settings of a configuration directory; without a file the defaults hold.
     *
     * @param environment the process's variables; of them only {@code KYDAI_*} matter
     * @throws ConfigurationException naming every key that is unknown or has a bad value
     */
    public static Settings read(Path directory, Map<String, String> environment) {
        return read(YamlFile.readIfExists(directory.resolve(FILE)), environment);
    }

    static Settings read(Optional<YamlFile> file, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        file.ifPresent(reader::takeFile);
        reader.takeEnvironment(new TreeMap<>(environment));
        Settings settings = SettingKeys.build(reader.values);
        reader.checkPairs(settings);
        if (!reader.problems.isEmpty()) {
            throw new ConfigurationException(reader.problems);
        }
        return settings;
    }

    private void takeFile(YamlFile file) {
        Map<String, Setting> known =
                SettingKeys.ALL.stream().collect(Collectors.toMap(Setting::path, Function.identity()));
        takeObject(file, known, file.content(), "");
    }

    private void takeObject(YamlFile file, Map<String, Setting> known, JsonNode object, String prefix) {
        if (!object.isObject()) {
            String where = file.position(pointer(prefix)) + " " + prefix.replaceFirst("\\.$", "");
            if (!object.isNull()) {
                problems.add(where.strip() + ": found " + object + "; allowed: keys below it");
            }
            return;
        }
        object.properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            String where = file.position(pointer(path)) + " " + path + ": ";
            Setting setting = known.get(path);
            if (setting != null) {
                take(setting, where, SettingValue.of(setting, entry.getValue()));
            } else if (known.keySet().stream().anyMatch(key -> key.startsWith(path + "."))) {
                takeObject(file, known, entry.getValue(), path + ".");
            } else {
                problems.add(where + "unknown key" + Nearest.hint(path, namesOf(known)) + "; allowed: "
                        + siblings(known, prefix));
            }
        });
    }

    private void takeEnvironment(Map<String, String> environment) {
        Map<String, Setting> known =
                SettingKeys.ALL.stream().collect(Collectors.toMap(Setting::variable, Function.identity()));
        environment.forEach((variable, found) -> {
            Setting setting = known.get(variable);
            if (setting != null) {
                String where = "environment variable " + variable + " (" + setting.path() + "): ";
                take(setting, where, SettingValue.of(setting, found));
            } else if (SettingKeys.isOurs(variable)) {
                problems.add("environment variable " + variable + ": unknown key"
                        + Nearest.hint(variable, known.keySet()) + "; allowed: a key of " + FILE
                        + " with KYDAI_ before it, dots and humps as _");
            }
        });
    }

    private void take(Setting setting, String where, SettingValue value) {
        switch (value) {
            case SettingValue.Allowed allowed -> values.put(setting.path(), allowed.value());
            case SettingValue.Refused refused -> problems.add(where + refused.why());
        }
    }

    private void checkPairs(Settings settings) {
        checkPair("http", settings.http().tlsCertificate(), settings.http().tlsKey());
        Settings.Mqtt mqtt = settings.ingest().mqtt();
        checkPair("ingest.mqtt", mqtt.tlsCertificate(), mqtt.tlsKey());
    }

    private void checkPair(String section, String certificate, String key) {
        if (certificate.isEmpty() != key.isEmpty()) {
            problems.add(section + ".tlsCertificate, " + section
                    + ".tlsKey: found one of them; allowed: both, or neither for no TLS");
        }
    }

    /** The keys and the sections they are in. */
    private static Set<String> namesOf(Map<String, Setting> known) {
        Set<String> names = new TreeSet<>(known.keySet());
        for (String path : known.keySet()) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                names.add(path.substring(0, dot));
            }
        }
        return names;
    }

    private static String siblings(Map<String, Setting> known, String prefix) {
        return known.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).replaceFirst("\\..*", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String pointer(String path) {
        return path.isEmpty() ? "" : "/" + path.replaceFirst("\\.$", "").replace('.', '/');
    }
}
