package vn.kydai.config;

import java.util.List;

/** The configuration cannot be used. Each problem is one line: where, what was found, what is allowed. */
public final class ConfigurationException extends RuntimeException {
    private final List<String> problems;

    /** Creates it with every problem found, at least one. */
    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
