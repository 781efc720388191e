package vn.kydai.cli;

/** What was asked for cannot be done as it was asked: exit code 2, the message and no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }
}
