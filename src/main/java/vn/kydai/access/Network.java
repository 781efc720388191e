package vn.kydai.access;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/**
 * Where a peer comes from, as far as bounds by address go: an IPv4 address, or the /64 an IPv6 address lies in, since
 * one subscriber holds a whole /64 (RFC 6177) and could come from a fresh address each time.
 */
public final class Network {
    private static final int IPV4_BYTES = 4;
    private static final int PREFIX_BYTES = 8;
    /** {@code ::ffff:0:0/96}: an IPv4 address as an IPv6 socket sees it. */
    private static final String IPV4_MAPPED = "00000000000000000000ffff";

    private Network() {}

    /** Returns the key of an address; whatever is no IP address (a socket of another kind) is its own key. */
    public static String of(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        if (bytes == null) {
            return address;
        }
        String hex = HexFormat.of().formatHex(bytes);
        if (bytes.length == IPV4_BYTES) {
            return NetUtil.bytesToIpAddress(bytes);
        }
        return hex.startsWith(IPV4_MAPPED)
                ? NetUtil.bytesToIpAddress(bytes, bytes.length - IPV4_BYTES, IPV4_BYTES)
                : hex.substring(0, 2 * PREFIX_BYTES) + "/64";
    }
}
