package vn.kydai.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import vn.kydai.bench.load.LoadReport;

/** What the server's ledger says of everything received; its terms are design's. */
record LedgerCount(
        long received, long committed, long duplicate, long rejected, long refused, long interrupted, long inFlight) {
    static final LedgerCount NONE = new LedgerCount(0, 0, 0, 0, 0, 0, 0);

    /** Reads {@code total} of the ledger's answer. */
    static LedgerCount of(JsonNode total) {
        return new LedgerCount(
                total.path("received").asLong(),
                total.path("committed").asLong(),
                total.path("duplicate").asLong(),
                total.path("rejected").asLong(),
                total.path("refused").asLong(),
                total.path("interrupted").asLong(),
                total.path("inFlight").asLong());
    }

    LedgerCount plus(LedgerCount other) {
        return new LedgerCount(
                received + other.received,
                committed + other.committed,
                duplicate + other.duplicate,
                rejected + other.rejected,
                refused + other.refused,
                interrupted + other.interrupted,
                inFlight + other.inFlight);
    }

    LedgerCount minus(LedgerCount earlier) {
        return new LedgerCount(
                received - earlier.received,
                committed - earlier.committed,
                duplicate - earlier.duplicate,
                rejected - earlier.rejected,
                refused - earlier.refused,
                interrupted - earlier.interrupted,
                inFlight - earlier.inFlight);
    }

    /** Returns what does not add up between what clients sent and what the ledger counted of it; nothing is well. */
    List<String> contradictions(LoadReport.Published published) {
        List<String> found = new ArrayList<>();
        long ended = committed + duplicate + rejected + refused + interrupted + inFlight;
        if (received != ended) {
            found.add("received " + received + ", but the outcomes sum up to " + ended);
        }
        if (published.acknowledged() > committed + duplicate) {
            found.add("acknowledged " + published.acknowledged() + ", but committed or repeated only "
                    + (committed + duplicate));
        }
        if (published.unsent() > 0) {
            found.add(published.unsent() + " events that were due were not sent: the times do not count them");
        }
        if (rejected > 0) {
            found.add(rejected + " valid events were rejected");
        }
        if (published.acknowledged() < published.sent()) {
            found.add("acknowledged " + published.acknowledged() + " of " + published.sent() + " sent; failures: "
                    + published.failures());
        } else if (duplicate != published.repeats() || received != published.sent()) {
            found.add("sent " + published.sent() + " with " + published.repeats() + " repeats, but received " + received
                    + " with " + duplicate + " duplicates");
        }
        return found;
    }
}
