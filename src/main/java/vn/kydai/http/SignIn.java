package vn.kydai.http;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Access;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Credential;
import vn.kydai.access.Problem;

/** Finds out who is asking, for everything under {@code /api}. Nobody passes without a good credential. */
final class SignIn implements Handler<RoutingContext> {
    static final String COOKIE = "kydai";

    private static final Logger LOGGER = LoggerFactory.getLogger(SignIn.class);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "5");

    private final Access access;
    private final Connections connections;

    SignIn(Access access, Connections connections) {
        this.access = access;
        this.connections = connections;
    }

    @Override
    public void handle(RoutingContext context) {
        Credential credential = credential(context);
        if (credential == null) {
            throw new Problem(
                    401, "sign in first: Bearer token, HTTP Basic of a device, or the cookie of POST /api/v1/session");
        }
        String remote = Callers.remote(context);
        // The body must not arrive before somebody listens to it.
        context.request().pause();
        access.signIn(credential, remote).onComplete(done -> {
            context.request().resume();
            if (done.failed()) {
                context.fail(unavailable(done.cause()));
            } else {
                enter(context, credential, remote, done.result());
            }
        });
    }

    private void enter(RoutingContext context, Credential credential, String remote, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            context.fail(new Problem(
                    401, "the credential is not good (" + credential.way() + "): unknown, expired or revoked"));
            return;
        }
        connections.signedIn(context.request().connection());
        Callers.put(
                context,
                caller.get(),
                credential instanceof Credential.Cookie,
                () -> access.signIn(credential, remote));
        try {
            if (!READING.contains(context.request().method())) {
                Callers.checkOrigin(context);
            }
            context.next();
        } catch (Problem foreign) {
            context.fail(foreign);
        }
    }

    /** Turns a failure to reach the database into an answer that tells to come back. */
    static Throwable unavailable(Throwable cause) {
        if (cause instanceof Problem) {
            return cause;
        }
        LOGGER.atDebug().setCause(cause).log("sign-in could not be checked");
        return new Problem(503, "sign-in cannot be checked just now; try again", RETRY_SOON);
    }

    /** Returns what the request presents; an Authorization header wins over the cookie. */
    static @Nullable Credential credential(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return header(authorization);
        }
        Cookie cookie = context.request().getCookie(COOKIE);
        return cookie == null ? null : new Credential.Cookie(cookie.getValue());
    }

    private static Credential header(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? authorization : authorization.substring(0, space);
        String rest = space < 0 ? "" : authorization.substring(space + 1).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Credential.Bearer(rest);
            case "basic" -> basic(rest);
            default -> throw new Problem(401, "the Authorization scheme must be Bearer or Basic");
        };
    }

    /** Reads RFC 7617 credentials in UTF-8. */
    private static Credential basic(String encoded) {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            String pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credential.Basic(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            LOGGER.atDebug().log("unreadable Basic credentials");
        }
        throw new Problem(401, "Basic credentials must be the base64 of id:token");
    }
}
