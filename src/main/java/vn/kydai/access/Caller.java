package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Who is asking, once signed in. */
public sealed interface Caller {
    /**
     * A person, a screen or a script.
     *
     * @param name for the audit log: the user name, or the name of the token, never the token
     * @param scope id of the area whose subtree it may see
     * @param display a person's name for others to read; absent of a screen or a script
     */
    record Viewer(
            String name, Role role, String scope, @Nullable String display) implements Caller {
        /** A screen or a script. */
        public Viewer(String name, Role role, String scope) {
            this(name, role, scope, null);
        }

        public Viewer {
            requireNonNull(name, "name is null");
            requireNonNull(role, "role is null");
            requireNonNull(scope, "scope is null");
        }

        /** Answers that an area is not for this viewer. */
        public Problem foreign(String area) {
            return new Problem(403, name + " may see " + scope + ", not " + area);
        }
    }

    /**
     * A desk's counter, a sensor or a gateway: may post events, and nothing else.
     *
     * @param id its source id
     */
    record Device(String id) implements Caller {
        public Device {
            requireNonNull(id, "id is null");
        }
    }
}
