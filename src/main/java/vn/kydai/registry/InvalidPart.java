package vn.kydai.registry;

/** A part of the configuration is not as it must be. */
public final class InvalidPart extends RuntimeException {
    private final String pointer;

    /**
     * Creates it.
     *
     * @param pointer JSON pointer of what is wrong, from the part's root
     * @param message what was found and what is allowed
     */
    public InvalidPart(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** Returns the JSON pointer of what is wrong. */
    public String pointer() {
        return pointer;
    }
}
