package vn.kydai.transfer;

/** A row that makes no event; the message says why, without repeating a value that is no code, date or number. */
final class UnusableRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String why;

    UnusableRow(String field, String why) {
        super(field + " " + why, null, false, false);
        this.field = field;
        this.why = why;
    }

    /** Returns what is wrong with it. */
    String why() {
        return why;
    }

    /** Returns the field that is wrong; empty when it is the whole row. */
    String field() {
        return field;
    }
}
