package vn.kydai.simulate;

import io.vertx.core.Future;
import java.util.List;

/**
 * One signed-in connection. Used from one Vert.x context, on which its futures complete. Once closed or broken it is
 * thrown away for a new one.
 */
interface Wire {
    /** Connects and signs in; fails with {@link SignInRefused} when the server does not want this source. */
    Future<Void> connect(Runnable whenLost);

    /** Sends parcels and completes with the server's answer; a failure means that nobody knows. */
    Future<Answer> send(List<Parcel> parcels);

    /** Says good-bye. */
    Future<Void> close();

    /** The server knows no such source, or not with this token. */
    final class SignInRefused extends RuntimeException {
        private static final long serialVersionUID = 1;

        SignInRefused(String message) {
            super(message, null, false, false);
        }
    }
}
