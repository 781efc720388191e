package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;

/**
 * One area's own parts of a wall document, and the area as a child of another.
 *
 * @param source what they were written from
 */
record AreaParts(
        Picture.Area source,
        ObjectNode header,
        ObjectNode figures,
        ObjectNode trends,
        ObjectNode indicators,
        ObjectNode freshness,
        ObjectNode asChild) {
    /** Writes the parts; those equal to the last ones stay the same instance. */
    static AreaParts of(Picture.Area area, @Nullable AreaParts last) {
        ObjectNode figures = PartJson.object();
        area.figures().forEach((id, figure) -> figures.set(id, PartJson.figure(figure)));
        ObjectNode trends = PartJson.trends(area.trends());
        ObjectNode indicators = PartJson.object();
        area.indicators().forEach((id, slow) -> indicators.set(id, PartJson.indicator(slow)));
        ObjectNode kept = keep(last == null ? null : last.figures(), figures);
        return new AreaParts(
                area,
                keep(last == null ? null : last.header(), header(area)),
                kept,
                keep(last == null ? null : last.trends(), trends),
                keep(last == null ? null : last.indicators(), indicators),
                keep(last == null ? null : last.freshness(), freshness(area)),
                keep(last == null ? null : last.asChild(), child(area, kept)));
    }

    private static ObjectNode header(Picture.Area area) {
        ObjectNode node = PartJson.object();
        PartJson.put(node, "id", area.id());
        PartJson.put(node, "code", area.code());
        PartJson.put(node, "name", area.name());
        PartJson.put(node, "nameEn", area.nameEn());
        PartJson.put(node, "level", area.level());
        PartJson.put(node, "openNow", area.openNow());
        if (!area.openNow()) {
            PartJson.put(node, "closed", area.closed());
            PartJson.put(node, "holiday", area.holiday());
            if (area.holidayExpected()) {
                node.put("holidayExpected", true);
            }
            PartJson.put(node, "opensAt", area.opensAt());
        }
        return node;
    }

    private static ObjectNode child(Picture.Area area, ObjectNode figures) {
        ObjectNode node = PartJson.object();
        PartJson.put(node, "name", area.name());
        PartJson.put(node, "nameEn", area.nameEn());
        PartJson.put(node, "level", area.level());
        node.set("figures", figures);
        PartJson.put(node, "severity", area.severity());
        PartJson.put(node, "sourcesTotal", area.sourcesTotal());
        PartJson.put(node, "sourcesSilent", area.sourcesSilent());
        PartJson.put(node, "asOf", area.asOf());
        return node;
    }

    /** The subtree's newest ingest, not the installation's: a screen learns nothing of its neighbours. */
    private static ObjectNode freshness(Picture.Area area) {
        ObjectNode node = PartJson.object();
        PartJson.put(node, "sourcesTotal", area.sourcesTotal());
        PartJson.put(node, "sourcesSilent", area.sourcesSilent());
        PartJson.put(node, "lastIngest", area.asOf());
        return node;
    }

    private static ObjectNode keep(@Nullable ObjectNode last, ObjectNode next) {
        return last != null && last.equals(next) ? last : next;
    }
}
