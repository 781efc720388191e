package vn.kydai.transfer;

/** The server did not take what was posted or give what was asked for, and would not the next time. */
public final class TransferFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean isSignIn;

    TransferFailed(String message, boolean isSignIn) {
        super(message, null, false, false);
        this.isSignIn = isSignIn;
    }

    /** Tells whether it is who asks, or the token, that the server does not let in. */
    public boolean isSignIn() {
        return isSignIn;
    }
}
