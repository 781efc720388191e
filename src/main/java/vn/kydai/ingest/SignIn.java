package vn.kydai.ingest;

import io.vertx.core.Future;
import java.util.Optional;
import vn.kydai.access.Caller;

/** Checks who a device says it is. Compares in constant time, and never blocks. */
@FunctionalInterface
public interface SignIn {
    /** Finds the device with this id and token; empty when there is none, failed when it cannot be known now. */
    Future<Optional<Caller.Device>> device(String id, String token);

    /**
     * Notes that somebody who connected was let in, or not.
     *
     * @param address of the peer, without its port
     */
    default void noted(String id, String address, boolean isGood) {}
}
