package vn.kydai.registry;

/** A change of the registry that cannot be made; the message says why and what can. */
public final class RegistrationRefused extends RuntimeException {
    private final boolean isConflict;

    /**
     * Refuses, without a stack trace: it is an answer.
     *
     * @param isConflict whether what is registered stands against it, rather than what was asked being wrong in itself
     */
    RegistrationRefused(String message, boolean isConflict) {
        super(message, null, false, false);
        this.isConflict = isConflict;
    }

    /** Tells whether what is registered stands against it, rather than what was asked being wrong in itself. */
    public boolean isConflict() {
        return isConflict;
    }
}
