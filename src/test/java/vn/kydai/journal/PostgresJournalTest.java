package vn.kydai.journal;

import static vn.kydai.journal.Drafts.await;

import vn.kydai.database.TestDatabase;

/** The tail holds 8 events, so that most reads of the contract come from the table. */
class PostgresJournalTest extends JournalContract {
    private final PostgresSetup setup =
            new PostgresSetup(TestDatabase.freshDatabase().options());

    @Override
    Journal open() {
        return await(setup.open(() -> now));
    }

    @Override
    void closeAround() {
        setup.close();
    }
}
