package vn.kydai.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may do what in the demo.
 *
 * @param tokens of its sources, by id
 * @param wall token of the wall
 * @param people first password by user name, in order of what they may do
 * @param isNew whether the database knew none of the sources' tokens
 */
record DemoAccess(Map<String, String> tokens, String wall, Map<String, String> people, boolean isNew) {
    DemoAccess {
        tokens = Map.copyOf(tokens);
        people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
    }

    /** Leaves the tokens out: this text may reach a log. */
    @Override
    public String toString() {
        return "DemoAccess[" + tokens.size() + " sources]";
    }
}
