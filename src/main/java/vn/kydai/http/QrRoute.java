package vn.kydai.http;

import io.nayuki.qrcodegen.QrCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;

/**
 * {@code POST /api/v1/qr}: a text as a QR code, SVG. For the link of a new screen, which holds a token: a body and not a
 * query, since queries end up in logs, and made here, since no page of ours loads a stranger's script.
 */
final class QrRoute {
    private static final String PATH = "/api/v1/qr";
    private static final int MAX_BODY_BYTES = 512;

    /** Light margin that ISO/IEC 18004 asks for, in modules. */
    private static final int QUIET_ZONE = 4;

    private QrRoute() {}

    static void mount(Router router) {
        router.post(PATH)
                .consumes("text/plain")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(QrRoute::answer);
    }

    private static void answer(RoutingContext context) {
        Callers.require(context, Role.ADMIN);
        String text = context.body().asString();
        if (text == null || text.isEmpty()) {
            throw new Problem(400, "the body must be the text");
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                .end(svg(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)));
    }

    /** One path of 1 × 1 squares. */
    static String svg(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        int side = code.size + 2 * QUIET_ZONE;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side
                + "H0z\"/><path d=\""
                + path + "\"/></svg>";
    }
}
