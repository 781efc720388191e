package vn.kydai.event;

/** What travels on the bus. Every implementation is deeply immutable: it is handed over by reference. */
public sealed interface Message permits JournalHead, Picture {}
