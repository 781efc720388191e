package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.Json;
import vn.kydai.report.DossierTally.Count;

/**
 * The parts of the national index of Quyết định 766/QĐ-TTg that events can prove. An estimate: it says of how many of the
 * 100 points, and never claims the national score.
 */
final class Index766 {
    private static final int ALL_POINTS = 100;
    private static final int OPENNESS_POINTS = 18;
    private static final int SATISFACTION_POINTS = 18;

    private final Settings.Index766 weights;
    private final ObjectNode body;
    private final ArrayNode components;
    private int covered;
    private double points;

    private Index766(ObjectNode body, Settings.Index766 weights) {
        this.body = body;
        this.weights = weights;
        this.components = body.putArray("components");
    }

    static ObjectNode json(DossierQuery query, DossierTally tally, Settings.Index766 weights) {
        Index766 index = new Index766(DossierReport.head(query).put("isEstimate", true), weights);
        index.components(tally);
        index.notMeasured();
        return index.body
                .put("points", index.points)
                .put("covered", index.covered)
                .put("ofPoints", ALL_POINTS);
    }

    private void components(DossierTally tally) {
        add(
                new Component(
                        "onTime",
                        "Tiến độ giải quyết",
                        "Progress",
                        "(early + onTime) / done × weight",
                        weights.onTime()),
                tally.get(Count.EARLY) + tally.get(Count.ON_TIME),
                tally.done());
        add(
                new Component(
                        "digitised",
                        "Số hóa hồ sơ khi tiếp nhận",
                        "Digitised on receipt",
                        "digitised / received × weight",
                        weights.digitised()),
                tally.get(Count.DIGITISED),
                tally.received());
        add(
                new Component(
                        "onlineServices",
                        "Cung cấp dịch vụ trực tuyến",
                        "Online services",
                        "received online / received × weight",
                        weights.onlineServices()),
                tally.get(Count.RECEIVED_ONLINE),
                tally.received());
        add(
                new Component(
                        "onlinePayment",
                        "Thanh toán trực tuyến",
                        "Online payment",
                        "paid online / with a fee × weight",
                        weights.onlinePayment()),
                tally.get(Count.PAID_ONLINE),
                tally.get(Count.WITH_FEE));
    }

    private record Component(String id, String name, String nameEn, String formula, int weight) {}

    private void add(Component component, long numerator, long denominator) {
        ObjectNode node = components
                .addObject()
                .put("id", component.id())
                .put("name", component.name())
                .put("nameEn", component.nameEn())
                .put("formula", component.formula())
                .put("weight", component.weight())
                .put("numerator", numerator)
                .put("denominator", denominator);
        if (denominator > 0) {
            double reached = (double) numerator / denominator * component.weight();
            node.put("points", reached);
            points += reached;
            covered += component.weight();
        }
    }

    private void notMeasured() {
        ArrayNode missing = body.putArray("notMeasured");
        addMissing(
                missing,
                "openness",
                "Công khai, minh bạch",
                OPENNESS_POINTS,
                "procedures' publication is not an event");
        int results = ALL_POINTS
                - OPENNESS_POINTS
                - SATISFACTION_POINTS
                - weights.onTime()
                - weights.digitised()
                - weights.onlineServices()
                - weights.onlinePayment();
        addMissing(
                missing,
                "electronicResults",
                "Kết quả điện tử, khai thác dữ liệu số hóa",
                Math.max(0, results),
                "no event says whether a result is electronic or digitised data was used again");
        addMissing(
                missing,
                "satisfaction",
                "Mức độ hài lòng",
                SATISFACTION_POINTS,
                "measured by complaints and delays on the national portal, not by ratings at a desk");
    }

    private static void addMissing(ArrayNode missing, String id, String name, int weight, String why) {
        missing.add(Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("name", name)
                .put("weight", weight)
                .put("why", why));
    }
}
