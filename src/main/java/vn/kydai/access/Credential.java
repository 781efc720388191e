package vn.kydai.access;

import static java.util.Objects.requireNonNull;

/** What somebody presents to sign in. Its text form never shows the secret. */
public sealed interface Credential {
    /** Returns the secret as presented. */
    String secret();

    /** Returns the metric tag. */
    String way();

    /** Returns the key under which a sign-in is remembered; holds no secret. */
    default String key() {
        return way() + ':' + Secrets.hash(secret());
    }

    /** A device's id and token: HTTP Basic, MQTT user name and password. */
    record Basic(String id, String secret) implements Credential {
        public Basic {
            requireNonNull(id, "id is null");
            requireNonNull(secret, "secret is null");
        }

        @Override
        public String way() {
            return "basic";
        }

        @Override
        public String key() {
            return way() + ':' + Secrets.hash(secret) + ':' + id;
        }

        @Override
        public String toString() {
            return "Basic[" + id + "]";
        }
    }

    /** A token alone: {@code Authorization: Bearer}. */
    record Bearer(String secret) implements Credential {
        public Bearer {
            requireNonNull(secret, "secret is null");
        }

        @Override
        public String way() {
            return "bearer";
        }

        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** The cookie of a browser's session. */
    record Cookie(String secret) implements Credential {
        public Cookie {
            requireNonNull(secret, "secret is null");
        }

        @Override
        public String way() {
            return "cookie";
        }

        @Override
        public String toString() {
            return "Cookie";
        }
    }
}
