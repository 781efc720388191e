package vn.kydai.event;

/** What an event says; one record a {@link Kind}. Field names are those of the contract. */
public sealed interface Data permits Dossier, Ticket, Rating, Reading, Indicator, Configuration, Alarm {
    /** Returns the kind that carries this data. */
    Kind kind();
}
