package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.UserName;
import vn.kydai.event.codec.TypedText;

/**
 * A person who may sign in, as it may be listed: everything but the password.
 *
 * @param name by which the person signs in, and is named in the journal and the audit log: {@link UserName}
 * @param display the person's name for others to read
 * @param role at least reader
 * @param scope id of the area whose subtree the person may see and act in
 * @param disabledAt absent: may sign in
 */
public record Account(
        String name,
        String display,
        Role role,
        String scope,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant disabledAt) {
    /** The longest name for others to read. */
    public static final int MAX_DISPLAY_CHARS = 64;

    private static final Set<Role> ROLES = EnumSet.range(Role.READER, Role.ADMIN);

    public Account {
        requireNonNull(name, "name is null");
        requireNonNull(display, "display is null");
        requireNonNull(role, "role is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changedAt, "changedAt is null");
    }

    /**
     * What an account is to be.
     *
     * @param display blank: as the name
     */
    public record Terms(String name, String display, Role role, String scope) {
        /** Fails with {@link IllegalArgumentException}, which says what was found where and what is allowed. */
        public Terms {
            display = TypedText.name(display).isEmpty() ? name : TypedText.name(display);
            if (!UserName.PATTERN.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "name: found " + name + "; allowed: text of the pattern " + UserName.PATTERN.pattern());
            }
            if (display.length() > MAX_DISPLAY_CHARS || !TypedText.isPrintable(display)) {
                throw new IllegalArgumentException(
                        "display: at most " + MAX_DISPLAY_CHARS + " characters that can be printed are allowed");
            }
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException("role: found " + role.id() + "; allowed: " + roles());
            }
        }

        /** Returns the role of this name, or fails with {@link IllegalArgumentException}. */
        public static Role role(String id) {
            return Role.ofId(id)
                    .filter(ROLES::contains)
                    .orElseThrow(() -> new IllegalArgumentException("role: found " + id + "; allowed: " + roles()));
        }
    }

    /** Returns what the account is. */
    public Terms terms() {
        return new Terms(name, display, role, scope);
    }

    /** Returns it with other terms; the name stays. */
    Account with(Terms terms, Instant changed, @Nullable Instant disabled) {
        return new Account(name, terms.display(), terms.role(), terms.scope(), createdAt, changed, disabled);
    }

    Caller.Viewer viewer() {
        return new Caller.Viewer(name, role, scope, display);
    }

    private static String roles() {
        return ROLES.stream().map(Role::id).collect(Collectors.joining(", "));
    }
}
