package vn.kydai.browser;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the pages of people ask the server for. */
final class SetUpAnswers {
    private SetUpAnswers() {}

    static void give(WallServer server) {
        server.answer(
                "/api/v1/session",
                WallDay.node().put("name", "demo wall").put("role", "wall").toString());
        server.answer("/api/v1/tokens", tokens().toString());
        server.answer("/api/v1/areas", ProvinceDay.tree().toString());
    }

    private static ObjectNode tokens() {
        ObjectNode answer = WallDay.node();
        ArrayNode tokens = answer.putArray("tokens");
        token(tokens, 1, "Phòng điều hành Quảng Điền", "477").put("expiresAt", "2027-11-25T00:00:00.000Z");
        token(tokens, 2, "Sảnh Một cửa Quảng Điền", "19867@2025-07")
                .put("expiresAt", "2026-12-31T00:00:00.000Z")
                .put("revokedAt", "2026-11-02T03:04:05.000Z");
        token(tokens, 3, "Màn hình ghép 12 tấm, IOC thành phố Huế", "46");
        return answer;
    }

    private static ObjectNode token(ArrayNode tokens, int id, String name, String scope) {
        return tokens.addObject()
                .put("id", id)
                .put("name", name)
                .put("scope", scope)
                .put("role", "wall");
    }
}
