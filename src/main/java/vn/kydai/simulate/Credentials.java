package vn.kydai.simulate;

/**
 * How a source signs in.
 *
 * @param id its source id
 * @param token its token
 * @param client what the connection calls itself: of two that say the same, a server ends the older
 */
record Credentials(String id, String token, String client) {
    /** Returns those of a source's only connection. */
    static Credentials of(String id, String token) {
        return new Credentials(id, token, id);
    }

    /** Leaves the token out: this text may reach a log. */
    @Override
    public String toString() {
        return "Credentials[" + id + "]";
    }
}
