package io.facet.hub.broker;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

/**
 * Gives a listener of the broker the context it was configured with, instead of one read from key
 * stores: so it has the hub's credential and its renewal. Found by ServiceLoader. Stateless.
 */
public final class BrokerTls implements SSLContextFactory {
    /** The parameter that holds the context. */
    static final String CONTEXT = TransportConstants.SSL_CONTEXT_PROP_NAME;

    /** Above those the broker brings. */
    private static final int FIRST = 100;

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> parameters) {
        if (parameters.get(CONTEXT) instanceof SSLContext context) {
            return context;
        }
        throw new FacetException(ErrorCode.INTERNAL, "a TLS listener was given no credential");
    }

    @Override
    public int getPriority() {
        return FIRST;
    }
}
