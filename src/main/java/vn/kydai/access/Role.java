package vn.kydai.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person or a screen may do; each role includes those before it. */
public enum Role {
    /** The wall document, its WebSocket, figures. */
    WALL,
    /** And events, series, dossiers, the ledger. */
    READER,
    /** And acting on alarms. */
    OPERATOR,
    /** And confirming orders. */
    COMMANDER,
    /** Everything. */
    ADMIN;

    /** Returns the name on the command line: {@code wall}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether this role may do what the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** Finds a role by its name. */
    public static Optional<Role> ofId(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }
}
