package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Areas.ParentBefore;

/** Reads the part {@code areas}: each area by itself, not yet what must hold between them. */
final class AreasJson {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z@-]+");
    private static final List<String> LEVELS = List.of("province", "district", "commune", "region");

    private AreasJson() {}

    static List<Area> read(JsonNode part) {
        Fields fields = Fields.of(part, "", "areas");
        return List.copyOf(
                fields.distinct("areas", "id", AreasJson::area, Area::id).values());
    }

    private static Area area(JsonNode node, String pointer) {
        Fields fields = Fields.of(
                node,
                pointer,
                "id",
                "code",
                "name",
                "nameEn",
                "level",
                "parent",
                "members",
                "validFrom",
                "validTo",
                "latitude",
                "longitude",
                "type",
                "successor",
                "parentBefore");
        String id = fields.matching("id", ID);
        String code = fields.textOrNull("code");
        String nameEn = fields.textOrNull("nameEn");
        Area area = new Area(
                id,
                code == null ? id.replaceFirst("@.*", "") : code,
                fields.text("name"),
                nameEn == null ? fields.text("name") : nameEn,
                fields.oneOf("level", LEVELS),
                fields.textOrNull("parent"),
                fields.list("members", (member, at) -> Fields.matching(member, at, ID)),
                fields.dateOrNull("validFrom"),
                fields.dateOrNull("validTo"),
                fields.numberOrNull("latitude", -90, 90),
                fields.numberOrNull("longitude", -180, 180),
                fields.textOrNull("type"),
                fields.textOrNull("successor"),
                fields.has("parentBefore") ? parentBefore(fields) : null);
        if (area.validFrom() != null
                && area.validTo() != null
                && !area.validFrom().isBefore(area.validTo())) {
            throw fields.invalid("validTo", "a date after validFrom " + area.validFrom());
        }
        return area;
    }

    private static ParentBefore parentBefore(Fields fields) {
        Fields before = Fields.of(fields.required("parentBefore"), fields.pointer("parentBefore"), "id", "until");
        return new ParentBefore(before.matching("id", ID), before.date("until"));
    }
}
