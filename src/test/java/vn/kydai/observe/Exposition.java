package vn.kydai.observe;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scrape of {@code /metrics} (text format 0.0.4) says.
 *
 * @param families by name
 */
record Exposition(SortedMap<String, Family> families) {
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * One metric.
     *
     * @param labels each label's values, as far as there were series
     */
    record Family(String name, String type, String help, SortedMap<String, SortedSet<String>> labels) {
        boolean isOurs() {
            return name.startsWith("kydai_");
        }
    }

    /** Reads a scrape; the maxima that belong to a histogram or summary are left out. */
    static Exposition parse(String text) {
        SortedMap<String, Family> families = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        Family current = new Family("", "", "", new TreeMap<>());
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helps.put(words[2], words.length > 3 ? words[3].strip() : "");
            } else if (line.startsWith("# TYPE ")) {
                current = new Family(words[2], words[3], helps.getOrDefault(words[2], ""), new TreeMap<>());
                families.put(words[2], current);
            } else {
                Matcher label = LABEL.matcher(line);
                while (label.find()) {
                    current.labels()
                            .computeIfAbsent(label.group(1), missing -> new TreeSet<>())
                            .add(label.group(2));
                }
            }
        }
        families.keySet()
                .removeIf(name -> name.endsWith("_max") && families.containsKey(name.substring(0, name.length() - 4)));
        return new Exposition(families);
    }
}
