package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.event.Picture.Said;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder;

/** Orders to sirens as JSON: for those who give them, and for the sirens. */
public final class OrderJson {
    private OrderJson() {}

    /** Writes an order with who did what and what the sirens answered. */
    public static ObjectNode inFull(SirenOrder order) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("id", order.id())
                .put("area", order.area())
                .put("state", order.state().id())
                .put("until", Json.time(order.until()));
        signal(node, order.signal());
        if (order.alarm() != null) {
            node.put("alarm", order.alarm());
        }
        said(node.putObject("prepared"), order.prepared());
        if (order.confirmed() != null) {
            said(node.putObject("confirmed"), order.confirmed());
        }
        if (order.cancelled() != null) {
            said(node.putObject("cancelled"), order.cancelled());
        }
        ObjectNode answers = node.putObject("answers");
        order.answers()
                .forEach((source, answer) -> Json.put(
                        answers.putObject(source).put("at", Json.time(answer.at())), "blasts", answer.blasts()));
        return node;
    }

    /** Writes that there is one and that something of it changed: a wall is public. */
    public static ObjectNode onWall(SirenOrder order) {
        return Json.MAPPER
                .createObjectNode()
                .put("state", order.state().id())
                .put("until", Json.time(order.until()))
                .put("position", Long.toString(order.position()));
    }

    /** Writes what sirens are to sound, and until when. */
    public static ObjectNode toSirens(SirenOrder order) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("type", "order").put("order", order.id());
        signal(node, order.signal());
        node.put("area", order.area());
        if (order.confirmed() != null) {
            node.put("issued", Json.time(order.confirmed().at()));
        }
        return node.put("expires", Json.time(order.until()));
    }

    /** Writes that an order no longer holds. */
    public static ObjectNode callingOff(SirenOrder order) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "cancel")
                .put("order", order.id())
                .put("area", order.area());
    }

    /** Writes a signal and what it means: so many blasts of so many seconds. */
    private static void signal(ObjectNode node, Signal signal) {
        node.put("signal", signal.id())
                .put("blasts", signal.blasts())
                .put("seconds", signal.seconds())
                .put("gap", signal.gap())
                .put("repeats", signal.repeats());
    }

    private static void said(ObjectNode node, Said said) {
        node.put("by", said.by()).put("at", Json.time(said.at()));
        if (said.text() != null) {
            node.put("reason", said.text());
        }
    }
}
