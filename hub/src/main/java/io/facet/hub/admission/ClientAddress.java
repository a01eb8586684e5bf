package io.facet.hub.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a client is, as far as limits need it. A proxy on this machine is believed about the client
 * it speaks for; what a client itself says in {@code X-Forwarded-For} counts nothing. Of an IPv6
 * address the network counts, since one client owns all of it.
 */
public final class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * A name for where a client is.
     *
     * @param forwardedFor the header {@code X-Forwarded-For}
     */
    public static String of(SocketAddress peer, Optional<String> forwardedFor) {
        if (!(peer instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return "";
        }
        InetAddress direct = socket.getAddress();
        return name(direct.isLoopbackAddress() ? behindProxy(forwardedFor, direct) : direct);
    }

    /** The last entry is the proxy's own; those before it are whatever the client sent. */
    private static InetAddress behindProxy(Optional<String> forwardedFor, InetAddress direct) {
        return forwardedFor
                .map(list -> list.substring(list.lastIndexOf(',') + 1).strip())
                .flatMap(ClientAddress::literal)
                .orElse(direct);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String name(InetAddress address) {
        if (address instanceof Inet6Address && !address.isLoopbackAddress()) {
            byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
            return HexFormat.of().formatHex(network) + "/64";
        }
        return address.getHostAddress();
    }
}
