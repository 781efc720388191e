package vn.kydai.ingest;

/**
 * Why an event is neither admitted nor rejected: only a clock that is believed can say whether it is of the future. Carries
 * no stack trace: it is an answer.
 */
final class AwaitsClock extends RuntimeException {
    private static final long serialVersionUID = 1;

    AwaitsClock() {
        super("the server does not believe its clock", null, false, false);
    }
}
