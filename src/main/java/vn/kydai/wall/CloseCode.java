package vn.kydai.wall;

/** Why the server ends a socket. */
enum CloseCode {
    /** RFC 6455: the server stops. */
    GOING_AWAY(1001),
    /** Its token or session ended. */
    SIGNED_OUT(4001),
    /** It asked for an area outside its scope. */
    FORBIDDEN(4003),
    /** It did not read for too long. */
    STALLED(4008),
    /** It kept sending what is not of the protocol. */
    MALFORMED(4400);

    private final short code;

    CloseCode(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }
}
