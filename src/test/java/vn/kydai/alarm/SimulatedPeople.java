package vn.kydai.alarm;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.event.Picture;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder;

/** What people do to alarms and orders, without HTTP. */
public final class SimulatedPeople {
    private static final String REMOTE = "10.0.0.1";

    private final NewestPicture newest = new NewestPicture();
    private final Deeds deeds;
    private final Orders orders;

    /** What they may do to an alarm. */
    public enum Act {
        ACKNOWLEDGE(Deed.ACKNOWLEDGE),
        NOTE(Deed.NOTE),
        SHELVE(Deed.SHELVE),
        UNSHELVE(Deed.UNSHELVE),
        RESET(Deed.RESET),
        REMOVE(Deed.REMOVE),
        RESTORE(Deed.RESTORE),
        TAKE_OVER(Deed.TAKE_OVER);

        private final Deed deed;

        Act(Deed deed) {
            this.deed = deed;
        }
    }

    public SimulatedPeople(AlarmParts parts) {
        AlarmLog log = new AlarmLog(parts.journal());
        deeds = new Deeds(parts, newest, log);
        orders = new Orders(parts, newest, log, Set::of);
    }

    /** Shows them the next picture. */
    public void show(Picture picture) {
        newest.show(picture);
    }

    /** Does something to an alarm as it was seen. */
    public Future<Picture.Alarm> act(Viewer viewer, Act act, Picture.Alarm seen, Duration shelf, String key) {
        String holder = seen.holder() == null ? null : seen.holder().by();
        boolean isTaken = act == Act.TAKE_OVER;
        return deeds.act(
                viewer,
                REMOTE,
                new DeedRequest(
                        act.deed,
                        seen.rule() + ":" + seen.source(),
                        seen.occurrence(),
                        act.deed.needsText() ? "vì " + key : null,
                        shelf,
                        isTaken ? holder : null,
                        key,
                        act + " " + seen.occurrence() + " " + shelf));
    }

    /** Prepares an order. */
    public Future<SirenOrder> prepare(Viewer viewer, String area, String key) {
        return orders.prepare(viewer, REMOTE, new OrderRequest(area, Signal.values()[0], "lũ", null, key));
    }

    /** Confirms an order, or cancels it. */
    public Future<SirenOrder> end(Viewer viewer, String order, boolean isConfirmed) {
        OrderDeed deed = isConfirmed ? OrderDeed.CONFIRM : OrderDeed.CANCEL;
        return orders.act(viewer, REMOTE, deed, order, isConfirmed ? null : "nhầm");
    }
}
