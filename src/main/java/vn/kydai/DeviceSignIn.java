package vn.kydai;

import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Access;
import vn.kydai.access.Caller;
import vn.kydai.ingest.SignIn;

/** Who may come in by MQTT; refused ones are counted and audited like those of HTTP. */
record DeviceSignIn(Access access) implements SignIn {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeviceSignIn.class);

    @Override
    public Future<Optional<Caller.Device>> device(String id, String token) {
        return access.device(id, token);
    }

    @Override
    public void noted(String id, String address, boolean isGood) {
        access.noteDevice(id, address, isGood)
                .onFailure(failure -> LOGGER.atDebug().setCause(failure).log("a sign-in was not audited"));
    }
}
