package vn.kydai.cli;

import java.util.Map;

/**
 * Who may do what in the demo.
 *
 * @param tokens of its sources, by id
 * @param wall token of the wall
 * @param admin token of somebody who may see and do everything
 * @param isNew whether the database knew none of the sources' tokens
 */
record DemoAccess(Map<String, String> tokens, String wall, String admin, boolean isNew) {
    DemoAccess {
        tokens = Map.copyOf(tokens);
    }

    /** Leaves the tokens out: this text may reach a log. */
    @Override
    public String toString() {
        return "DemoAccess[" + tokens.size() + " sources]";
    }
}
