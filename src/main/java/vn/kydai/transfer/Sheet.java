package vn.kydai.transfer;

import java.util.List;
import java.util.Set;

/** A kind of file: which fields its rows may have, and which events a row is. Pure. */
public sealed interface Sheet permits DossierSheet, TicketSheet, ReadingSheet, IndicatorSheet {
    /** Returns the name of the command: {@code dossiers}. */
    String id();

    /** Returns every field a column may hold. */
    Set<String> fields();

    /** Returns the fields without which no row can be an event; a constant of the mapping will do. */
    Set<String> required();

    /** Returns the fields that hold numbers. */
    Set<String> numbers();

    /** Returns the fields that hold dates. */
    Set<String> moments();

    /** Returns what is odd about a row that makes events all the same. */
    default List<Oddity> oddities(Row row) {
        return List.of();
    }

    /**
     * Something odd, said at the end of an import.
     *
     * @param field where it is
     */
    record Oddity(String field, String what) {}

    /** Returns the events of a row, at least one, in order of time; fails with {@link UnusableRow}. */
    List<Draft> events(Row row);
}
