package vn.kydai.aggregate;

import java.io.Serializable;

/** Whole numbers by the constants of an enum, as compact as an array: there is one set of them per area and day. */
final class Counts<E extends Enum<E>> implements Serializable {
    private final long[] numbers;

    Counts(Class<E> what) {
        numbers = new long[what.getEnumConstants().length];
    }

    void add(E what, long amount) {
        numbers[index(what)] += amount;
    }

    void add(Counts<E> others) {
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] += others.numbers[index];
        }
    }

    void subtract(Counts<E> others) {
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] -= others.numbers[index];
        }
    }

    long get(E what) {
        return numbers[index(what)];
    }

    boolean isNothing() {
        for (long number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    /** Saved only for the code that wrote it, so a constant moved is no harm. */
    @SuppressWarnings("EnumOrdinal")
    private int index(E what) {
        return what.ordinal();
    }
}
