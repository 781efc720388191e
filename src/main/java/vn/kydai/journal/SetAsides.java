package vn.kydai.journal;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.SetAsideJson;

/**
 * Which events no fold takes: what the journal says, and what was found unreadable and is not said yet. Thread-safe; readers
 * get maps that never change.
 */
final class SetAsides {
    private final TreeMap<Long, SetAside> found = new TreeMap<>();
    private final SortedMap<Long, SetAside> said = new TreeMap<>();
    private volatile SortedMap<Long, SetAside> now = Collections.emptySortedMap();

    SortedMap<Long, SetAside> now() {
        return now;
    }

    /** Begins with what the journal says at the start. */
    synchronized void begin(SortedMap<Long, SetAside> atStart) {
        said.clear();
        said.putAll(atStart);
        publish();
    }

    /** Takes what has committed. */
    synchronized void add(Journaled journaled) {
        if (!(journaled.event().data() instanceof Configuration configuration)
                || !configuration.what().isAboutJournal()) {
            return;
        }
        OptionalLong position = SetAsideJson.position(configuration.content());
        if (position.isEmpty()) {
            return;
        }
        long of = position.getAsLong();
        found.remove(of);
        if (configuration.what() == Part.SET_ASIDE) {
            said.put(of, SetAsideJson.read(of, configuration.content(), journaled.ingestTime()));
        } else {
            said.remove(of);
        }
        publish();
    }

    /** Notes a row that cannot be read, and tells whether it is new: then it has to be said. */
    synchronized boolean isNew(SetAside unreadable) {
        if (now.containsKey(unreadable.position())) {
            return false;
        }
        found.put(unreadable.position(), unreadable);
        publish();
        return true;
    }

    /** What could not be said is found again when it is next read. */
    synchronized void forget(long position) {
        found.remove(position);
        publish();
    }

    private void publish() {
        NavigableMap<Long, SetAside> all = new TreeMap<>(said);
        found.forEach(all::putIfAbsent);
        now = Collections.unmodifiableSortedMap(all);
    }
}
