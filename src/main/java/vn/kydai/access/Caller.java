package vn.kydai.access;

import static java.util.Objects.requireNonNull;

/** Who is asking, once signed in. */
public sealed interface Caller {
    /**
     * A person, a screen or a script.
     *
     * @param name for the audit log; never the token
     * @param scope id of the area whose subtree it may see
     */
    record Viewer(String name, Role role, String scope) implements Caller {
        public Viewer {
            requireNonNull(name, "name is null");
            requireNonNull(role, "role is null");
            requireNonNull(scope, "scope is null");
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
