package vn.kydai.alarm;

import java.time.Instant;
import java.util.List;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Picture;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.SirenOrder.State;

/**
 * Ids of the events of an order. What ends a state has one id whatever it is, so that of confirming, cancelling and
 * expiring at the same moment the journal takes one.
 */
final class OrderIds {
    private OrderIds() {}

    static String prepared(String order) {
        return Alarm.id(Alarm.SIREN, order) + "/prepared";
    }

    /** The end of the state an order is in now. */
    static String end(SirenOrder order) {
        return Alarm.id(Alarm.SIREN, order.id()) + (order.state() == State.PREPARED ? "/outcome" : "/end");
    }

    /** Returns what has to be said of orders whose time is over at a picture's instant. */
    static List<Decision> overdue(Picture picture) {
        Instant now = picture.at();
        return picture.orders().values().stream()
                .filter(order -> order.state().isStanding() && !now.isBefore(order.until()))
                .map(order -> new Decision(
                        end(order), order.area(), now, Alarm.ofOrder(order.id(), Step.EXPIRED, null, null, null, null)))
                .toList();
    }
}
