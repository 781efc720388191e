package vn.kydai.journal;

class InMemoryJournalTest extends JournalContract {
    @Override
    Journal open() {
        return new InMemoryJournal(() -> now, head -> {});
    }

    @Override
    void closeAround() {}
}
