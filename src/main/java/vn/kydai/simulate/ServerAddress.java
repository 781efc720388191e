package vn.kydai.simulate;

import java.net.InetSocketAddress;

/**
 * Where a server takes events.
 *
 * @param http {@code http://host:port}, without a path
 * @param mqtt host and port
 */
public record ServerAddress(String http, InetSocketAddress mqtt) {}
