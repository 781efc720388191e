package vn.kydai.registry;

/** A change of the registry that cannot be made; the message says why and what can. */
public final class RegistrationRefused extends RuntimeException {
    /** Refuses, without a stack trace: it is an answer. */
    RegistrationRefused(String message) {
        super(message, null, false, false);
    }
}
