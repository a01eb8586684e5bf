package io.facet.hub.webhooks;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where webhooks may go. Unless private addresses are allowed: by https, to addresses of the public
 * internet only, so that nobody makes the hub call what stands beside it. Looked at when a webhook
 * is made and again before each attempt; redirects are not followed. Thread-safe.
 */
final class Reach {
    private final boolean privateToo;

    Reach(boolean privateToo) {
        this.privateToo = privateToo;
    }

    /**
     * Looks at the address itself.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} with what to do
     */
    void check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        boolean plain = scheme.equalsIgnoreCase("http");
        if (!plain && !scheme.equalsIgnoreCase("https")) {
            throw invalid("a webhook's url begins with https://");
        }
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw invalid("a webhook's url has a host, and neither user, password nor fragment");
        }
        if (plain && !privateToo) {
            throw invalid("a webhook goes by https; plain http needs webhooks.allow_private");
        }
        checkHost(url.getHost(), plain);
    }

    /** A host that cannot be found just now is found out at the attempt. */
    private void checkHost(String host, boolean plain) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            return;
        }
        if (!privateToo && Arrays.stream(addresses).anyMatch(Reach::isPrivate)) {
            throw invalid(
                    "the webhook's host has an address that is not of the public internet; set"
                            + " webhooks.allow_private if it stands in your own network");
        }
        if (plain && !Arrays.stream(addresses).allMatch(Reach::isPrivate)) {
            throw invalid("a webhook goes to the public internet by https only");
        }
    }

    static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return switch (address) {
            case Inet4Address _ ->
                    first == 0
                            || first >= 240
                            || (first == 100 && second >= 64 && second < 128)
                            || (first == 192 && second == 0)
                            || (first == 198 && (second == 18 || second == 19));
            // Unique local, and what only wraps an IPv4 address: NAT64, 6to4, Teredo.
            case Inet6Address _ ->
                    (first & 0xFE) == 0xFC
                            || (first == 0x00 && second == 0x64)
                            || (first == 0x20 && second == 0x02)
                            || (first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
            default -> true;
        };
    }

    private static FacetException invalid(String what) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, what);
    }
}
