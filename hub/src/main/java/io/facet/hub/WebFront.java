package io.facet.hub;

import io.facet.hub.services.HubServices;

/** What serves the page, REST and Socket.IO. */
@FunctionalInterface
public interface WebFront {
    /**
     * Starts it.
     *
     * @param port 0 picks a free one
     * @throws io.facet.error.FacetException {@code PORT_IN_USE} with what to do
     */
    Running start(HubServices services, String host, int port);

    /** Serving, until closed. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }
}
