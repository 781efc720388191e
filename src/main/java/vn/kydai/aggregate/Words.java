package vn.kydai.aggregate;

import java.util.HashMap;
import java.util.Map;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;

/** One instance of each source and area id: what is kept of an event would otherwise hold its own copies. */
final class Words {
    private final Map<String, String> known = new HashMap<>();

    Journaled share(Journaled journaled) {
        Event event = journaled.event();
        Event shared = new Event(
                event.id(),
                share(event.source()),
                share(event.area()),
                event.eventTime(),
                event.timeAssumed(),
                event.seq(),
                event.data());
        return new Journaled(journaled.position(), journaled.ingestTime(), shared);
    }

    private String share(String word) {
        return known.computeIfAbsent(word, key -> key);
    }
}
