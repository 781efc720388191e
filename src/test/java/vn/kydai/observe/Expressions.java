package vn.kydai.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PromQL as far as the checks need it: which metrics it names, and what it compares. */
final class Expressions {
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:up[a-z]*|(?:kydai|jvm|vertx|netty|process|system)_[a-z0-9_]+)\\b");
    private static final Pattern WINDOW = Pattern.compile("\\[(?:\\$__rate_interval|[0-9]+[smh])]");
    private static final Pattern SET_OPERATOR =
            Pattern.compile("\\s(?:and|or|unless)(?:\\s+(?:on|ignoring)\\s*\\([^)]*\\))?\\s");
    private static final Pattern COMPARISON = Pattern.compile("\\s(?:==|!=|<=|>=|<|>)\\s");
    private static final Pattern NUMBER = Pattern.compile("[-0-9.e]+");

    private Expressions() {}

    /** Returns the expression over a window that a test has the patience for. */
    static String hurried(String expression) {
        return WINDOW.matcher(expression).replaceAll("[10s]");
    }

    static Set<String> metrics(String expression) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression.replaceAll("\\{[^}]*}", ""));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** Returns what an alert's condition compares with numbers: each must have data whether the alert fires or not. */
    static List<String> compared(String condition) {
        List<String> sides = new ArrayList<>();
        for (String part : split(condition, SET_OPERATOR)) {
            for (String side : split(part, COMPARISON)) {
                if (!NUMBER.matcher(side).matches()) {
                    sides.add(side);
                }
            }
        }
        return sides;
    }

    /** Returns the expression with its first metric misspelt. */
    static String misspelt(String expression) {
        String name =
                METRIC.matcher(expression).results().findFirst().orElseThrow().group();
        return expression.replaceAll("\\b" + name + "\\b", name.replaceFirst("(.)$", "$1x"));
    }

    /** Splits where no bracket is open. */
    private static List<String> split(String text, Pattern separator) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = separator.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (isOutside(text, matcher.start())) {
                parts.add(text.substring(from, matcher.start()).strip());
                from = matcher.end();
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    private static boolean isOutside(String text, int at) {
        int depth = 0;
        for (char character : text.substring(0, at).toCharArray()) {
            depth += "({[".indexOf(character) >= 0 ? 1 : 0;
            depth -= ")}]".indexOf(character) >= 0 ? 1 : 0;
        }
        return depth == 0;
    }
}
