package vn.kydai.simulate;

/**
 * How a source signs in.
 *
 * @param id its source id
 * @param token its token
 */
record Credentials(String id, String token) {
    /** Leaves the token out: this text may reach a log. */
    @Override
    public String toString() {
        return "Credentials[" + id + "]";
    }
}
