package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.bench.load.LoadReport;
import vn.kydai.bench.load.Times;

class LedgerCountTest {
    @Test
    void everythingSentCommittedOrRepeatedAddsUp() {
        assertEquals(List.of(), new LedgerCount(100, 97, 3, 0, 0, 0, 0).contradictions(published(100, 100, 3)));
    }

    @Test
    void anAcknowledgementWithoutACommitIsFound() {
        List<String> found = new LedgerCount(100, 96, 3, 0, 0, 0, 1).contradictions(published(100, 100, 3));

        assertEquals("acknowledged 100, but committed or repeated only 99", found.getFirst());
    }

    @Test
    void outcomesThatDoNotSumUpAreFound() {
        List<String> found = new LedgerCount(100, 96, 3, 0, 0, 0, 0).contradictions(published(100, 99, 3));

        assertEquals("received 100, but the outcomes sum up to 99", found.getFirst());
    }

    @Test
    void aRepeatThatWasCommittedTwiceIsFound() {
        List<String> found = new LedgerCount(100, 98, 2, 0, 0, 0, 0).contradictions(published(100, 100, 3));

        assertEquals("sent 100 with 3 repeats, but received 100 with 2 duplicates", found.getFirst());
    }

    @Test
    void aRejectedEventAndOneWithoutAnAnswerAreFound() {
        List<String> found = new LedgerCount(100, 96, 3, 1, 0, 0, 0).contradictions(published(100, 99, 3));

        assertTrue(found.contains("1 valid events were rejected"), found::toString);
        assertTrue(found.stream().anyMatch(it -> it.startsWith("acknowledged 99 of 100 sent")), found::toString);
    }

    @Test
    void whatWasDueAndNeverLeftIsFound() {
        List<String> found = new LedgerCount(100, 97, 3, 0, 0, 0, 0).contradictions(published(100, 100, 3, 7));

        assertEquals(List.of("7 events that were due were not sent: the times do not count them"), found);
    }

    private static LoadReport.Published published(long sent, long acknowledged, long repeats) {
        return published(sent, acknowledged, repeats, 0);
    }

    private static LoadReport.Published published(long sent, long acknowledged, long repeats, long unsent) {
        String none = new Times().encoded();
        return new LoadReport.Published(
                sent, acknowledged, repeats, Map.of(), 1, acknowledged, none, none, 0, none, 0, unsent);
    }
}
