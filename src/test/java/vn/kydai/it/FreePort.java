package vn.kydai.it;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port nobody listens on, and nobody is given: below those a system hands out to clients (Linux from 32768, others from
 * 49152). A server that comes back to one of these may find that a client's connection has it meanwhile, even one of a
 * client that tried to reach the server itself.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int BOUND = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    /** Finds one. */
    public static int find() {
        IOException last = new IOException("none tried");
        for (int tried = 0; tried < TRIES; tried++) {
            try (ServerSocket socket =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(FIRST, BOUND))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IllegalStateException("no port is free", last);
    }
}
