package vn.kydai.meter;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A label and every value it can take: what a stranger sends is never one.
 *
 * @param values in the order they are shown
 */
public record Label(String name, List<String> values) {
    /** Stands for every value that is not declared, where a label has it. */
    public static final String OTHER = "other";

    public Label {
        requireNonNull(name, "name is null");
        values = List.copyOf(values);
    }

    /** Declares a label. */
    public static Label of(String name, String... values) {
        return new Label(name, List.of(values));
    }

    /** Declares a label with one value a constant. */
    public static <T> Label of(String name, T[] constants, Function<T, String> value) {
        return new Label(name, Stream.of(constants).map(value).toList());
    }

    /** Returns the value when it is declared, else {@link #OTHER}. */
    public String known(String value) {
        return values.contains(value) ? value : OTHER;
    }
}
