package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The counters of every area that an event has named or the tree shows. */
final class AreaCountersById implements Serializable {
    private final Horizon horizon;
    private final Map<String, AreaCounters> byId = new HashMap<>();

    /** Of areas that have ended and that a region still lists: the dossiers received before, which count for the unit that took them over too. */
    private final Map<String, AreaCounters> inherited = new HashMap<>();

    AreaCountersById(Horizon horizon) {
        this.horizon = horizon;
    }

    /** Notes that events of any area may come late. */
    void late(Instant ingestTime) {
        byId.values().forEach(area -> area.late(ingestTime));
    }

    AreaCounters get(String area) {
        return byId.computeIfAbsent(area, key -> new AreaCounters(key, horizon));
    }

    AreaCounters inherited(String area) {
        return inherited.computeIfAbsent(area, key -> new AreaCounters(key, horizon));
    }

    void forgetInherited() {
        inherited.clear();
    }

    /** Lets go of what fell behind the horizon. */
    void prune() {
        byId.values().forEach(AreaCounters::prune);
        inherited.values().forEach(AreaCounters::prune);
    }
}
