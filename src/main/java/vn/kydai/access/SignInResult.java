package vn.kydai.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How an attempt to sign in with user name and password ended. */
public sealed interface SignInResult {
    /**
     * The password is good.
     *
     * @param browser what the browser is to keep, so that a lock-out spares this person there; kept only hashed
     */
    record Opened(Session session, String browser) implements SignInResult {
        public Opened {
            requireNonNull(session, "session is null");
            requireNonNull(browser, "browser is null");
        }

        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    /** No such account, another password, or disabled: which is nobody's to know. */
    record Refused() implements SignInResult {}

    /** Too many failures; the password was not looked at. */
    record Locked(Duration left) implements SignInResult {
        public Locked {
            requireNonNull(left, "left is null");
        }
    }
}
