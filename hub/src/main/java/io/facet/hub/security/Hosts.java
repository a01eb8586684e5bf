package io.facet.hub.security;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which addresses a listener may have without TLS. Stateless. */
public final class Hosts {
    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);

    private Hosts() {}

    /**
     * Whether only this machine can reach it.
     *
     * @param key the configuration's name of the address
     * @throws FacetException {@code INVALID_CONFIGURATION} when it is no address
     */
    public static boolean isLoopback(String key, String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    key + " " + host + " is no address of this machine",
                    unknown);
        }
    }

    /**
     * Lets a listener without TLS be reached from elsewhere, if that was asked for, and says so.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when it was not
     */
    public static void allowInsecure(String key, String host, boolean allowed) {
        if (!allowed) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    key
                            + " "
                            + host
                            + " is reachable from elsewhere and the listener has no TLS; set"
                            + " hub.tls_certificate and hub.tls_key (or hub.tls_keystore), or"
                            + " hub.allow_insecure on a trusted network");
        }
        LOG.warn(
                "{} {} listens without TLS because hub.allow_insecure is set: keys and pictures"
                        + " travel in the clear",
                key,
                host);
    }
}
